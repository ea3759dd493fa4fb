// A Gem whose lists answer by a script: any page sizes, any words about the length, pages that are empty, repeated, refused.
import { fc } from '@fast-check/vitest';
import { GemNotFound, GemUnavailable } from '../../../../connector/gem/errors.ts';
import { freePassage } from '../../../../connector/gem/gate.ts';
import type { GemAnswer, GemClient } from '../../../../connector/gem/client.ts';
import type { OperationId } from '../../../../connector/gem/call-types.ts';

/** How a list misbehaves; none of it by default. */
export interface Script {
  size: number;
  total: (typeof totals)[number];
  /** Pages that are empty at first, or always. */
  empty: readonly { page: number; times: number }[];
  paging: (typeof pagings)[number];
  /** The call, counted from 1, that fails and all after it; 0 when none does. */
  failsFrom: number;
}

const totals = [
  'none',
  'true',
  'text',
  'of the page',
  'of what remains',
  'of what remains after the page',
  'true, and 0 past the end',
  'flapping',
  'growing',
  'huge',
  'negative',
  'garbage',
  'one too many',
] as const;

const pagings = [
  'right',
  'last page for ever',
  'page ignored',
  'two pages in turn',
  'all on each page',
  'refused past the end',
  'each record on two pages',
] as const;

const wellBehaved: fc.Arbitrary<Script> = fc.record({
  size: fc.integer({ min: 1, max: 7 }),
  total: fc.constantFrom('none' as const, 'true' as const, 'text' as const),
  empty: fc.constant([]),
  paging: fc.constant('right' as const),
  failsFrom: fc.constant(0),
});

const misbehaving: fc.Arbitrary<Script> = fc.record({
  size: fc.integer({ min: 1, max: 7 }),
  total: fc.constantFrom(...totals),
  empty: fc.array(
    fc.record({ page: fc.integer({ min: 1, max: 9 }), times: fc.constantFrom(1, 2, 3, 1000) }),
    { maxLength: 3 },
  ),
  paging: fc.oneof(
    { weight: 3, arbitrary: fc.constant('right' as const) },
    { weight: 2, arbitrary: fc.constantFrom(...pagings) },
  ),
  failsFrom: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat({ max: 9 }) }),
});

export const scripts = { wellBehaved, misbehaving };

/** What was answered, and how often. */
export interface Told {
  calls: number;
  /** The ids of all records that some answer of a list has shown. */
  shown: Set<string>;
}

/**
 * A client of such a Gem.
 *
 * @param records what a list holds, in order
 * @param scriptOf how it answers
 */
export function scriptedGem(
  records: (operation: OperationId) => readonly { id: string }[],
  scriptOf: (operation: OperationId) => Script,
  now: () => number = () => Date.UTC(2026, 5, 1),
): { gem: GemClient; told: (operation: OperationId) => Told } {
  const all = new Map<OperationId, Told & { asked: Map<number, number> }>();
  const tell = (operation: OperationId) => {
    const known = all.get(operation) ?? {
      calls: 0,
      shown: new Set<string>(),
      asked: new Map<number, number>(),
    };
    all.set(operation, known);
    return known;
  };

  function list(operation: OperationId, query: Readonly<Record<string, unknown>>): GemAnswer {
    const script = scriptOf(operation);
    const told = tell(operation);
    told.calls += 1;
    if (told.calls > tooMany) throw new Error(`${operation} is read without end`);
    if (script.failsFrom > 0 && told.calls >= script.failsFrom)
      throw new GemUnavailable(operation, 'scripted');
    const page = Number(query['page'] ?? 1);
    const times = (told.asked.get(page) ?? 0) + 1;
    told.asked.set(page, times);
    const ids = typeof query['candidate_ids'] === 'string' ? query['candidate_ids'].split(',') : undefined;
    const held = records(operation).filter(({ id }) => ids?.includes(id) ?? true);
    const isEmpty = script.empty.some((gap) => gap.page === page && times <= gap.times);
    const rows = isEmpty ? [] : rowsOf(held, page, script);
    if (rows.length === 0 && page > 1 && script.paging === 'refused past the end') {
      throw new GemNotFound(operation, 'scripted');
    }
    for (const { id } of rows) told.shown.add(id);
    const headers = new Headers({ date: new Date(now()).toUTCString() });
    const total = totalOf(script, { page, calls: told.calls, length: held.length, rows: rows.length });
    if (total !== undefined) headers.set('x-pagination', `{"total":${total}}`);
    return { body: rows, headers };
  }

  function item(operation: OperationId, path: Readonly<Record<string, string>>): GemAnswer {
    const [id] = Object.values(path);
    const found = records(listOf[operation] ?? operation).find((record) => record.id === id);
    if (!found) throw new GemNotFound(operation, 'scripted');
    return { body: found, headers: new Headers() };
  }

  const ask: GemClient['ask'] = (operation, call) =>
    Promise.resolve().then(() =>
      call.path ? item(operation, call.path) : list(operation, call.query ?? {}),
    );
  const gem: GemClient = {
    retry: { limit: 0, delay: () => 0 },
    passage: freePassage,
    ask,
    send: async (operation, call) => (await ask(operation, call)).body,
    call: () => Promise.reject(new Error('nothing calls it')),
  };
  return { gem, told: tell };
}

/** Nothing in between would ever end a test that asks without end. */
const tooMany = 5000;

const listOf: Partial<Record<OperationId, OperationId>> = {
  getCandidate: 'listCandidates',
  getApplication: 'listApplications',
  getJob: 'listJobs',
};

function rowsOf<Row>(held: readonly Row[], page: number, { size, paging }: Script): readonly Row[] {
  const at = (number: number) => held.slice((number - 1) * size, number * size);
  const pages = Math.max(1, Math.ceil(held.length / size));
  switch (paging) {
    case 'last page for ever':
      return at(Math.min(page, pages));
    case 'page ignored':
      return at(1);
    case 'two pages in turn':
      return at(2 - (page % 2));
    case 'all on each page':
      return held;
    case 'each record on two pages':
      return [...at(page - 1), ...at(page)];
    default:
      return at(page);
  }
}

function totalOf(
  { total, size }: Script,
  { page, calls, length, rows }: { page: number; calls: number; length: number; rows: number },
): string | number | undefined {
  const before = Math.min(length, (page - 1) * size);
  switch (total) {
    case 'none':
      return undefined;
    case 'true':
      return length;
    case 'text':
      return `"${length}"`;
    case 'of the page':
      return rows;
    case 'of what remains':
      return length - before;
    case 'of what remains after the page':
      return Math.max(0, length - before - rows);
    case 'true, and 0 past the end':
      return rows === 0 ? 0 : length;
    case 'flapping':
      return calls % 2 === 0 ? length : 3;
    case 'growing':
      return length + calls;
    case 'huge':
      return '123456789012345678901234567890';
    case 'negative':
      return -length;
    case 'garbage':
      return '{"n":[]}';
    case 'one too many':
      return length + 1;
  }
}
