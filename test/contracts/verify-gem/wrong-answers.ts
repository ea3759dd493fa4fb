// Servers that are wrong about one operation, one parameter or one refusal, made from the description and from what was read.
import type { Operation } from '../../../contracts/description.ts';
import { gemDescription } from '../../../contracts/gem.ts';
import { isNode } from '../../../contracts/drift/document.ts';
import { isList } from '../../../contracts/harness/gem/lists.ts';
import type { Asked, Recording, Told, WrongServer } from './recorded.ts';
import type { MadeDeviation } from './wrong-values.ts';

const readable = [...gemDescription.operations.values()].filter(({ method }) => method === 'get');

/** Each operation that reads, wrong as a whole; lists have more ways. */
export function wrongOperations(): MadeDeviation[] {
  return readable.flatMap((operation) => [
    ...made(operation.id, wholes, (change) => ({ tell: onSuccess(operation, change) })),
    ...(isList(operation)
      ? made(operation.id, wholeLists, (change) => ({ tell: onSuccess(operation, change) }))
      : []),
    ...(isList(operation) && operation.parameters.some(({ name }) => name === 'page')
      ? made(operation.id, pageRequests, (change) => ({ ask: onRequests(operation, change) }))
      : []),
  ]);
}

/** Each query parameter of each operation that reads. */
export function wrongParameters(): MadeDeviation[] {
  return readable.flatMap((operation) =>
    operation.parameters
      .filter((parameter) => parameter.in === 'query')
      .flatMap(({ name }) => {
        const about = `${operation.id} ${name}`;
        const onSent = (change: (url: URL, value: string) => Told | void): WrongServer => ({
          ask: onRequests(operation, (url) => {
            const value = url.searchParams.get(name);
            return value === null ? undefined : change(url, value);
          }),
        });
        const ways: Record<string, WrongServer> = {
          ignored: onSent((url) => url.searchParams.delete(name)),
          refused: onSent(() => problem(422, { query: { [name]: ['Unknown field.'] } })),
          ...(/_(after|before)$/.test(name) && {
            'a moment late': onSent((url, value) => url.searchParams.set(name, later(value, 1))),
            'a moment early': onSent((url, value) => url.searchParams.set(name, later(value, -1))),
            'a day late': onSent((url, value) => url.searchParams.set(name, later(value, 86_400_000))),
          }),
          ...(isFilter(name) && {
            'finds nothing': {
              tell: (told: Told, asked: Asked) =>
                isOf(operation, asked) && asked.url.searchParams.has(name) && told.status === 200
                  ? { ...told, text: '[]' }
                  : told,
            },
            'finds all but these': {
              tell: async (told: Told, asked: Asked, ask: (url: URL) => Promise<Told>) => {
                if (!isOf(operation, asked) || !asked.url.searchParams.has(name) || told.status !== 200)
                  return told;
                const url = new URL(asked.url);
                url.searchParams.delete(name);
                const found = new Set(rowsIn(told).map((row) => JSON.stringify(row)));
                const others = rowsIn(await ask(url)).filter((row) => !found.has(JSON.stringify(row)));
                return { ...told, text: JSON.stringify(others) };
              },
            },
          }),
        };
        return Object.entries(ways).map(([kind, wrong]) =>
          Object.assign({ name: `${about} ${kind}`, kind, operations: [operation.id] }, wrong),
        );
      }),
  );
}

/** Each refusal that was read, by its operation, status and field. */
export function wrongRefusals(recording: Recording): MadeDeviation[] {
  const seen = new Set<string>();
  return recording.read().flatMap(({ told, operation }) => {
    if (told.status < 400) return [];
    const field = fieldOf(told);
    const name = `${operation?.id ?? 'unknown path'} ${told.status}${field === undefined ? '' : ` for ${field}`}`;
    if (seen.has(name)) return [];
    seen.add(name);
    const isMeant = (other: Told, asked: Asked) =>
      other.status === told.status && asked.operation === operation && fieldOf(other) === field;
    return Object.entries(refusals).flatMap(([kind, change]) => {
      if (change(told) === told) return [];
      const tell: WrongServer['tell'] = (other, asked) => (isMeant(other, asked) ? change(other) : other);
      return [{ name: `${name} ${kind}`, kind, ...(operation && { operations: [operation.id] }), tell }];
    });
  });
}

type Whole = (told: Told, asked: Asked) => Told;

const wholes: Readonly<Record<string, Whole>> = {
  'is a server error': (told) => ({ ...told, status: 500, text: '{"message":"Internal server error"}' }),
  'is not found': (told) => ({ ...told, ...problem(404) }),
  'is created': (told) => ({ ...told, status: 201 }),
  'is no JSON': (told) => ({ ...told, text: 'OK' }),
  'is sent as HTML': (told) => ({ ...told, headers: { ...told.headers, 'content-type': 'text/html' } }),
  'is wrapped': (told) => ({ ...told, text: `{"data":${told.text}}` }),
  'has its keys in reverse': (told) => ({
    ...told,
    text: JSON.stringify(reversedKeys(JSON.parse(told.text))),
  }),
};

const wholeLists: Readonly<Record<string, Whole>> = {
  'does not tell the page': (told) => ({ ...told, headers: without(told.headers, 'x-pagination') }),
  'tells a total of one more': (told) =>
    toldPage(told, (page) => ({ ...page, total: Number(page['total']) + 1 })),
  'tells no next page': (told) => toldPage(told, ({ next_page: _next, ...page }) => page),
  'has a link header': (told) => ({ ...told, headers: { ...told.headers, link: '<x>; rel="next"' } }),
  'comes in reverse': (told) => ofRows(told, (rows) => rows.toReversed()),
  'lacks its first record': (told) => ofRows(told, (rows) => rows.slice(1)),
  'lacks its last record': (told) => ofRows(told, (rows) => rows.slice(0, -1)),
  'has its first record twice': (told) => ofRows(told, (rows) => [...rows.slice(0, 1), ...rows]),
  'is always empty': (told) => ofRows(told, () => []),
};

type RequestChange = (url: URL) => Told | void;

const pageRequests: Readonly<Record<string, RequestChange>> = {
  'begins with page 0': ({ searchParams }) =>
    searchParams.set('page', String(number(searchParams, 'page', 1) + 1)),
  'shows its first page twice': ({ searchParams }) => {
    const page = number(searchParams, 'page', 1);
    if (page > 1) searchParams.set('page', String(page - 1));
  },
  'shows one more than asked for': ({ searchParams }) => {
    for (const name of ['per_page', 'page_size']) {
      const size = number(searchParams, name, 0);
      if (size > 0 && size < 100) searchParams.set(name, String(size + 1));
    }
  },
  'shows a tenth of a full page': ({ searchParams }) => {
    for (const name of ['per_page', 'page_size']) {
      const size = number(searchParams, name, 0);
      if (size >= 100 && size <= 500) searchParams.set(name, String(size / 10));
    }
  },
};

/** Changes of a refusal; the same object where there is nothing to change. */
const refusals: Readonly<Record<string, (told: Told) => Told>> = {
  'has another status': (told) => ({ ...told, status: told.status === 400 ? 422 : 400 }),
  'is a success': (told) => ({ ...told, status: 200, text: '[]' }),
  'has another code': (told) => ofProblem(told, 'code', () => 0),
  'has another phrase': (told) => ofProblem(told, 'status', () => 'Error'),
  'has another message': (told) => ofProblem(told, 'message', () => 'Something else'),
  'names no field': (told) => ofProblem(told, 'errors', () => ({})),
  'says it in other words': (told) =>
    ofProblem(
      told,
      'errors',
      (errors) => JSON.parse(JSON.stringify(errors).replaceAll(/\["[^"]+"/g, '["No."')) as unknown,
    ),
  'has no errors': (told) => ofProblem(told, 'errors', () => undefined),
  'is no JSON': (told) => ({ ...told, text: 'No.' }),
};

function made<Way>(
  about: string,
  ways: Readonly<Record<string, Way>>,
  wrong: (way: Way) => WrongServer,
): MadeDeviation[] {
  return Object.entries(ways).map(([kind, way]) =>
    Object.assign({ name: `${about} ${kind}`, kind, operations: [about] }, wrong(way)),
  );
}

function isOf(operation: Operation, asked: Asked): boolean {
  return asked.operation === operation;
}

function onSuccess(operation: Operation, change: Whole): NonNullable<WrongServer['tell']> {
  return (told, asked) => (isOf(operation, asked) && told.status === 200 ? change(told, asked) : told);
}

function onRequests(operation: Operation, change: RequestChange): NonNullable<WrongServer['ask']> {
  return (asked) => (isOf(operation, asked) ? change(asked.url) : undefined);
}

function isFilter(name: string): boolean {
  return !['page', 'per_page', 'page_size', 'skip_count', 'sort', 'include_deleted'].includes(name);
}

/** A time in a query, so many milliseconds later; Unix seconds in whole seconds. Whatever is no time stays. */
function later(value: string, by: number): string {
  if (/^\d+$/.test(value)) return String(Number(value) + Math.sign(by) * Math.max(1, Math.abs(by) / 1000));
  const time = Date.parse(value);
  return Number.isNaN(time) ? value : new Date(time + by).toISOString();
}

function number(search: URLSearchParams, name: string, otherwise: number): number {
  const value = Number(search.get(name) ?? otherwise);
  return Number.isInteger(value) ? value : otherwise;
}

function rowsIn({ text }: Told): unknown[] {
  const rows: unknown = JSON.parse(text);
  return Array.isArray(rows) ? rows : [];
}

function ofRows(told: Told, change: (rows: unknown[]) => unknown[]): Told {
  return { ...told, text: JSON.stringify(change(rowsIn(told))) };
}

function toldPage(told: Told, change: (page: Record<string, unknown>) => object): Told {
  const header = told.headers['x-pagination'];
  if (header === undefined) return told;
  const page = JSON.parse(header) as Record<string, unknown>;
  return { ...told, headers: { ...told.headers, 'x-pagination': JSON.stringify(change(page)) } };
}

function without(headers: Told['headers'], name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([one]) => one !== name));
}

function reversedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((inner) => reversedKeys(inner));
  if (!isNode(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, inner]) => [key, reversedKeys(inner)]),
  );
}

function problem(status: number, errors: object = {}): Told {
  const body = {
    code: status,
    errors,
    message: '',
    status: status === 404 ? 'Not Found' : 'Unprocessable Entity',
  };
  return { status, headers: { 'content-type': 'application/json' }, text: JSON.stringify(body) };
}

function ofProblem(told: Told, key: string, change: (value: unknown) => unknown): Told {
  const body = parse(told.text);
  if (!isNode(body) || !(key in body)) return told;
  const text = JSON.stringify({ ...body, [key]: change(body[key]) });
  return text === JSON.stringify(body) ? told : { ...told, text };
}

/** The place of the first error: `query.page`. */
function fieldOf({ text }: Told): string | undefined {
  const body = parse(text);
  const errors = isNode(body) ? body['errors'] : undefined;
  const [location, fields] = Object.entries(isNode(errors) ? errors : {})[0] ?? [];
  const [field] = Object.keys(isNode(fields) ? fields : {});
  return location === undefined ? undefined : [location, field].filter(Boolean).join('.');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
