// How an interaction departs from the description of its provider.
import type { Description, Operation } from '../../../../contracts/description.ts';
import { createValidator, type Violation } from '../../../../contracts/validator.ts';
import type { Interaction } from './interactions.ts';

/** The operation that a request is for. */
export function operationOf(
  { operations }: Description,
  { method, path }: Interaction['request'],
  prefix = '',
): Operation | undefined {
  return [...operations.values()].find(
    (operation) => operation.method === method.toLowerCase() && patternOf(prefix + operation.path).test(path),
  );
}

/**
 * Holds an interaction to a description: the whole request, and of the answer what the consumer wants of it, which may
 * be less than there is.
 *
 * @param prefix what stands before the description's paths
 * @param refusals the schemas that an answer may have whose status no operation declares, because what stands in front of
 *   all of them gives it
 * @returns each violation in words; none when all is well
 */
export function violationsOf(
  description: Description,
  { request, response }: Interaction,
  { prefix = '', refusals = [] }: { prefix?: string; refusals?: readonly string[] } = {},
): string[] {
  const operation = operationOf(description, request, prefix);
  if (!operation) return [`no operation is ${request.method} ${request.path}`];
  const validator = createValidator(description, { unknownFields: 'refuse' });
  const query = Object.fromEntries(
    Object.entries(request.query ?? {}).map(([name, values]) => [name, values.join(',')]),
  );
  const { violations } = validator.request(operation, {
    path: patternOf(prefix + operation.path).exec(request.path)?.groups ?? {},
    query,
    headers: request.headers ?? {},
    body: operation.body?.contentType === 'multipart/form-data' ? partsOf(request.body) : request.body,
  });
  const known = new Set(operation.parameters.map(({ name }) => name));
  const { status, body, headers } = response;
  const isJson = /json/.test(headers?.['Content-Type'] ?? '');
  const isDeclared = operation.answers.has(status) || !refusals.length;
  const answered = isDeclared
    ? [validator.answer(operation, status, body)]
    : refusals.map((name) => validator.schema(name, body));
  // Where several schemas are allowed, the nearest one counts.
  const [nearest = []] = answered
    .map((found) => found.filter(isNoOmission))
    .toSorted((one, other) => one.length - other.length);
  return [
    ...violations.map((violation) => `request ${inWords(violation)}`),
    ...Object.keys(query).flatMap((name) => (known.has(name) ? [] : [`request query ${name} is unknown`])),
    ...(isJson ? nearest.map((violation) => `answer ${inWords(violation)}`) : []),
  ];
}

/** What a consumer does not ask for is missing, wherever it stands; a choice between schemas fails with it. */
function isNoOmission({ keyword }: Violation): boolean {
  return keyword !== 'required';
}

function inWords({ location, path, message }: Violation): string {
  return `${location} ${path.join('.')} ${message}`;
}

function patternOf(path: string): RegExp {
  const escaped = path.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
}

/** The names of the parts of a multipart body, as far as a description speaks of them. */
function partsOf(body: unknown): Record<string, string> {
  const text = typeof body === 'string' ? body : '';
  const parts = [...text.matchAll(/; name="([^"]+)"/g)].map(([, name = '']) => [name, 'a file']);
  return Object.fromEntries(parts) as Record<string, string>;
}
