import type { Operation } from '../../contracts/description.ts';
import type { AnyAnswer } from '../../contracts/server/send-answer.ts';
import { InvalidRequest } from '../../contracts/server/layers.ts';
import { MethodNotAllowed, UnknownPath } from '../../contracts/server/mount.ts';
import { UnsupportedContentType } from '../../contracts/server/read-body.ts';
import type { UnifiedSchemas } from '../../contracts/unified.ts';
import type { Violation } from '../../contracts/validator.ts';
import {
  forbiddenByGem,
  databaseAway,
  gemUnavailable,
  inputRefusedByGem,
  invalidInput,
  lackedByGem,
  noSuchMethod,
  noSuchPath,
  refusedByGem,
  throttledByGem,
  UnifiedProblem,
  unknownError,
  unreadableGemAnswer,
} from '../errors.ts';
import {
  GemError,
  GemForbids,
  GemLacksOperation,
  GemNotFound,
  GemRefusedInput,
  GemRefusedKey,
  GemThrottled,
  GemUnavailable,
} from '../gem/errors.ts';
import type { Log } from '../log.ts';
import { logUrl } from '../observe/trace.ts';
import { DatabaseUnreachable } from '../store/outage.ts';

/**
 * Turns any error into an answer in Kombo's shape (kombo-unified-api §1.2, §1.3). It is the only place
 * that does.
 *
 * @param log is given defects, which the caller is not shown
 * @param about.operation what was called; clients of general calls accept fewer codes
 * @param about.logUrlTemplate where the log of the call can be read
 */
export function toAnswer(
  error: unknown,
  log: Log,
  {
    operation,
    logUrlTemplate,
  }: { operation?: Operation | undefined; logUrlTemplate?: string | undefined } = {},
): AnyAnswer {
  const problem = toProblem(error);
  if (problem.code === 'PLATFORM.UNKNOWN_ERROR' && !isAway(error))
    log('a call to the unified API failed', error);
  const { title, message, status } = problem;
  const isGeneral = operation?.tags.includes('general');
  const code = isGeneral && !problem.code?.startsWith('PLATFORM.') ? null : problem.code;
  const told = { code, title, message, log_url: logUrl(logUrlTemplate) };
  const body: UnifiedSchemas['Problem'] = { status: 'error', error: told };
  return isAway(error) ? { status, body, headers: { 'Retry-After': `${soon}` } } : { status, body };
}

/** The store logs an outage once. */
function isAway(error: unknown): boolean {
  return error instanceof DatabaseUnreachable;
}

/** Seconds after which a call may be repeated that found the database away. */
const soon = 5;

function toProblem(error: unknown): UnifiedProblem {
  if (error instanceof UnifiedProblem) return error;
  if (error instanceof InvalidRequest) return invalidInput(describeViolations(error.violations), error);
  if (error instanceof UnknownPath) return noSuchPath(error);
  if (error instanceof MethodNotAllowed) return noSuchMethod(error);
  if (error instanceof UnsupportedContentType) {
    return invalidInput(`The body must be sent as ${error.message}; set the header Content-Type.`, error);
  }
  if (error instanceof DatabaseUnreachable) return databaseAway(error);
  if (error instanceof GemRefusedKey) return refusedByGem(error);
  if (error instanceof GemForbids) return forbiddenByGem(error.message, error);
  if (error instanceof GemRefusedInput) return inputRefusedByGem(describeRefusal(error), error);
  if (error instanceof GemNotFound) return inputRefusedByGem(error.message, error);
  if (error instanceof GemThrottled) return throttledByGem(error);
  if (error instanceof GemUnavailable) return gemUnavailable(error);
  if (error instanceof GemLacksOperation) return lackedByGem(error);
  // Whatever else comes of Gem is no defect of ours.
  if (error instanceof GemError) return unreadableGemAnswer(error);
  const unreadable = describeUnreadable(error);
  return unreadable === undefined ? unknownError(error) : invalidInput(unreadable, error);
}

/** What express and its body parser refuse before an operation is reached. Only 400 is declared for that. */
function describeUnreadable(error: unknown): string | undefined {
  if (error instanceof URIError) return 'The path cannot be decoded; percent-encode its segments as UTF-8.';
  if (!(error instanceof Error)) return undefined;
  if ('type' in error) return unreadableBodies[String(error.type)];
  // What fails to unpack comes without a type, only marked as something that the caller may see.
  const isOfCaller = 'expose' in error && error.expose === true;
  return isOfCaller ? 'The body cannot be unpacked as its Content-Encoding says.' : undefined;
}

const unreadableBodies: Readonly<Record<string, string>> = {
  'entity.parse.failed': 'The body is not valid JSON.',
  'entity.too.deep': 'The body is nested too deeply; at most 200 arrays and objects may lie in one another.',
  'entity.too.large': 'The body is too large; send large attachments by data_url.',
  'encoding.unsupported': 'The Content-Encoding of the body is not supported; send it plain or gzipped.',
  'charset.unsupported': 'The charset of the body is not supported; send UTF-8.',
  'request.aborted': 'The body broke off before its end.',
  'request.size.invalid': 'The body does not have the length that Content-Length says.',
};

/**
 * Says what Gem refused, with the fields that it names in `errors.<place>.<field>` (gem-ats-api §1.9).
 *
 * @returns text for a problem's message
 */
function describeRefusal({ message, problem }: GemRefusedInput): string {
  const fields = Object.values(problem?.errors ?? {}).flatMap(describePlace);
  return [`${message}.`, ...fields].join(' ');
}

/** Objects about a broken rule are left out: only lists of texts are meant for people. */
function describePlace(place: unknown): string[] {
  if (typeof place !== 'object' || place === null || Array.isArray(place)) return [];
  return Object.entries(place).flatMap(([field, texts]) =>
    Array.isArray(texts) ? texts.map((text) => `${field}: ${String(text)}`) : [],
  );
}

/**
 * Says what is wrong with a request and how to mend it, one sentence for each field.
 * Values are left out, because they may be personal.
 *
 * @param violations what the validator found; at least one
 * @returns text for a problem's message
 */
function describeViolations(violations: readonly Violation[]): string {
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
