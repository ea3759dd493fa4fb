import type { Operation } from '../../description.ts';
import type { Answer } from '../../drift/seen.ts';
import type { Caller, Query } from './caller.ts';
import { nodeAt } from '../../drift/document.ts';
import { Unexpected } from './outcome.ts';

/** A record of an answer, of any form. */
export type Row = Readonly<Record<string, unknown>>;

/** A list of the subject, which can be read again. */
export interface List {
  operation: Operation;
  api: 'ats' | 'crm' | 'board';
  /** The parameters of its path. */
  path: Readonly<Record<string, string>>;
  /** Its first records, read without filters. */
  rows: readonly Row[];
  /** The parameter for the size of a page, its maximum and its default (gem-ats-api §1.5). */
  pageSize: { name: string; max: number; default: number };
  /** The field with the time of creation; undefined where the list has none. */
  createdField: string | undefined;
  takes(parameter: string): boolean;
  /** Where one of its query parameters is described. */
  placeOf(parameter: string): string | undefined;
  /** Sends each query once; a repeated query gets the same answer. */
  ask(query?: Query): Promise<Answer>;
  /** @throws Unexpected when the answer is no list */
  read(query?: Query): Promise<readonly Row[]>;
}

/** Makes a list of an operation that answered with one. */
export function createList(
  caller: Caller,
  operation: Operation,
  path: List['path'],
  rows: readonly Row[],
): List {
  const api = operation.path.startsWith('/v0/')
    ? 'crm'
    : operation.path.startsWith('/job_board/')
      ? 'board'
      : 'ats';
  const parameter = (name: string) =>
    operation.parameters.find((one) => one.in === 'query' && one.name === name);
  const asked = new Map<string, Promise<Answer>>();
  const ask: List['ask'] = (query = {}) => {
    const key = JSON.stringify(query);
    let answer = asked.get(key);
    if (!answer) asked.set(key, (answer = caller.call(operation.id, { path, query })));
    return answer;
  };
  return {
    operation,
    api,
    path,
    rows,
    pageSize: sizes[api],
    createdField: ['created_at', 'applied_at', 'timestamp'].find((field) => rows[0] && field in rows[0]),
    takes: (name) => parameter(name) !== undefined,
    placeOf: (name) => {
      const found = parameter(name);
      return found?.schemaPointer.replace(/\/schema$/, '');
    },
    ask,
    read: async (query) => rowsOf(operation.id, await ask(query)),
  };
}

/**
 * The records of a list's answer.
 *
 * @throws Unexpected
 */
export function rowsOf(about: string, { status, body }: Answer): readonly Row[] {
  if (status !== 200) throw new Unexpected(about, 200, status);
  if (!Array.isArray(body)) throw new Unexpected(about, 'list', body);
  // An item that is no record breaks the promise about the form; here it is skipped.
  return body.filter((row): row is Row => typeof row === 'object' && row !== null);
}

/** Whether an operation answers with a list. */
export function isList({ method, answers }: Operation): boolean {
  const schema = answers.get(200);
  return method === 'get' && schema !== undefined && nodeAt(schema)?.['type'] === 'array';
}

const sizes: Readonly<Record<List['api'], List['pageSize']>> = {
  ats: { name: 'per_page', max: 500, default: 100 },
  crm: { name: 'page_size', max: 100, default: 20 },
  board: { name: 'per_page', max: Number.POSITIVE_INFINITY, default: Number.POSITIVE_INFINITY },
};
