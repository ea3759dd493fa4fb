import type { Violation } from '../../contracts/validator.ts';

/**
 * Says what is wrong with a request and how to mend it, one sentence for each field.
 * Values are left out, because they may be personal.
 *
 * @param violations what the validator found; at least one
 * @returns text for a problem's message
 */
export function describeViolations(violations: readonly Violation[]): string {
  return [...new Set(violations.map(describe))].join(' ');
}

function describe(violation: Violation): string {
  const field = nameOf(violation);
  const { keyword, schema } = violation;
  const advice = advise[keyword]?.(schema);
  if (keyword === 'required') return `${field} is missing; add it.`;
  if (keyword === 'additionalProperties') return `${field} is unknown; remove it.`;
  return `${field} ${advice ?? 'is not what it may be'}.`;
}

const advise: Readonly<Record<string, (schema: Violation['schema']) => string>> = {
  enum: ({ enum: words }) => `must be one of ${list(words)}`,
  minimum: range,
  maximum: range,
  maxItems: ({ maxItems }) =>
    `must not have more than ${String(maxItems)} values; ask for the others in another call`,
  minLength: () => 'must not be empty',
  maxLength: ({ maxLength }) => `must not have more than ${String(maxLength)} characters`,
  minItems: ({ minItems }) => `must have at least ${String(minItems)} ${minItems === 1 ? 'value' : 'values'}`,
  oneOf: () => 'must have one of the forms that the description names',
  type: ({ type }) => `must be of type ${list(type)}`,
  format: ({ format }) => `must be a valid ${formats[String(format)] ?? String(format)}`,
  pattern: ({ examples, pattern }) =>
    examples === undefined ? `must match ${String(pattern)}` : `must look like ${list(examples, ' or ')}`,
};

const formats: Readonly<Record<string, string>> = {
  email: 'email address',
  uri: 'address with a scheme, as in https://example.com/file.pdf',
  'idn-email': 'email address',
  iri: 'address with a scheme, as in https://example.com/file.pdf',
};

const places: Readonly<Record<Violation['location'], string>> = {
  path: 'path',
  query: 'query',
  headers: 'header',
  json: 'body',
  form: 'body',
  files: 'body',
  answer: 'answer',
};

/** `query page_size`, `body candidate.social_links[0].url`. */
function nameOf({ location, path }: Violation): string {
  const name = path.reduce(
    (before, key) => (/^\d+$/.test(key) ? `${before}[${key}]` : before === '' ? key : `${before}.${key}`),
    '',
  );
  return name === '' ? `The ${places[location]}` : `${places[location]} ${name}`;
}

function range({ minimum, maximum }: Violation['schema']): string {
  if (maximum === undefined) return `must be at least ${String(minimum)}`;
  if (minimum === undefined) return `must be at most ${String(maximum)}`;
  return `must be between ${String(minimum)} and ${String(maximum)}`;
}

function list(words: unknown, separator = ', '): string {
  return (Array.isArray(words) ? words : [words]).map(String).join(separator);
}
