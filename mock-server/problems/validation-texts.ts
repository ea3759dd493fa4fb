import type { Violation } from '../../contracts/validator.ts';

/** `errors` as Gem's framework nests them: location, then field, then item, with a list of texts at the end. */
export type ErrorTree = { [key: string]: ErrorTree | string[] };

/** Turns violations into Gem's `errors` (gem-ats-api §1.9). */
export function toErrorTree(violations: readonly Violation[]): ErrorTree {
  const tree = emptyTree();
  for (const violation of violations) {
    if (violation.keyword === 'oneOf' || violation.keyword === 'anyOf') continue;
    // A body that is no object at all has no field to complain about.
    const path = [violation.location, ...(violation.path.length > 0 ? violation.path : ['_schema'])];
    add(tree, path, toText(violation));
  }
  return tree;
}

function add(tree: ErrorTree, [key = '', ...rest]: readonly string[], text: string): void {
  const here = tree[key];
  if (rest.length === 0) {
    if (Array.isArray(here)) here.push(text);
    else if (here === undefined) tree[key] = [text];
    return;
  }
  if (Array.isArray(here)) return;
  add((tree[key] = here ?? emptyTree()), rest, text);
}

/** Without a prototype, so that a field may be called anything. */
function emptyTree(): ErrorTree {
  return Object.create(null) as ErrorTree;
}

function toText({ keyword, path, params, schema, value }: Violation): string {
  switch (keyword) {
    case 'required':
      return 'Missing data for required field.';
    case 'additionalProperties':
      return 'Unknown field.';
    case 'type':
      return value === null && path.length > 0
        ? 'Field may not be null.'
        : (typeTexts[String(params['type'])] ?? 'Invalid input type.');
    case 'enum':
      return `Must be one of: ${list(params['allowedValues'])}.`;
    case 'format':
      return formatTexts[String(params['format'])] ?? 'Not a valid value.';
    case 'minimum':
    case 'maximum':
      return rangeText(schema['minimum'], schema['maximum']);
    case 'minLength':
    case 'maxLength':
      return lengthText(schema['minLength'], schema['maxLength']);
    case 'minItems':
    case 'maxItems':
      return lengthText(schema['minItems'], schema['maxItems']);
    case 'pattern':
      return 'String does not match expected pattern.';
    default:
      return 'Invalid value.';
  }
}

const typeTexts: Record<string, string> = {
  string: 'Not a valid string.',
  integer: 'Not a valid integer.',
  number: 'Not a valid number.',
  boolean: 'Not a valid boolean.',
  array: 'Not a valid list.',
  object: 'Invalid input type.',
};

const formatTexts: Record<string, string> = {
  'date-time': 'Not a valid datetime.',
  date: 'Not a valid date.',
  email: 'Not a valid email address.',
  uri: 'Not a valid URL.',
};

function rangeText(minimum: unknown, maximum: unknown): string {
  const bounds = [
    minimum === undefined ? undefined : `greater than or equal to ${String(minimum)}`,
    maximum === undefined ? undefined : `less than or equal to ${String(maximum)}`,
  ];
  return `Must be ${bounds.filter((bound) => bound !== undefined).join(' and ')}.`;
}

function lengthText(minimum: unknown, maximum: unknown): string {
  if (minimum === undefined) return `Longer than maximum length ${String(maximum)}.`;
  if (maximum === undefined) return `Shorter than minimum length ${String(minimum)}.`;
  return `Length must be between ${String(minimum)} and ${String(maximum)}.`;
}

function list(values: unknown): string {
  return Array.isArray(values) ? values.join(', ') : '';
}
