// Asks for everything once that can be read: each list, what hangs below its records, and one record by itself.
import type { Operation } from '../../description.ts';
import { gemDescription } from '../../gem.ts';
import type { Answer, Caller } from './caller.ts';
import { createList, isList, type List, type Row } from './lists.ts';
import { stopsOf, type Path } from './tour-stops.ts';
import type { Witness } from './witness.ts';

/** What the tour is given. */
export interface TourOptions {
  caller: Caller;
  witness: Witness;
  /** How many records of each list are read. */
  samples: number;
  vanity?: string | undefined;
  onStop?: (operation: string, done: number, of: number) => void;
}

/** @returns the lists that the subject has, by operation */
export async function takeTour(options: TourOptions): Promise<Map<string, List>> {
  const { caller, witness, samples, vanity } = options;
  const readable = [...gemDescription.operations.values()].filter(({ method }) => method === 'get');
  const order = [
    ...readable.filter((operation) => isList(operation) && pathNames(operation).length === 0),
    ...readable.filter((operation) => isList(operation) && pathNames(operation).length > 0),
    ...readable.filter((operation) => !isList(operation)),
  ];
  const known = new Map<string, { path: Path; row: Row }[]>();
  const lists = new Map<string, List>();

  for (const [done, operation] of order.entries()) {
    options.onStop?.(operation.id, done, order.length);
    const stops = stopsOf(operation.id, pathNames(operation), known, vanity);
    let refusal: Answer | undefined;
    for (const path of stops.slice(0, mostStops)) {
      const query = isList(operation) ? sampleSize(operation, samples) : {};
      const answer = await caller.call(operation.id, { path, query });
      if (answer.status !== 200) {
        refusal ??= answer;
        continue;
      }
      refusal = undefined;
      if (!isList(operation)) break;
      if (!Array.isArray(answer.body)) continue;
      const rows = answer.body.filter((row): row is Row => typeof row === 'object' && row !== null);
      const before = lists.get(operation.id);
      if (!before || before.rows.length === 0)
        lists.set(operation.id, createList(caller, operation, path, rows));
      known.set(operation.id, [...(known.get(operation.id) ?? []), ...rows.map((row) => ({ path, row }))]);
      // The kinds of custom fields are few and differ, so all are read.
      if (rows.length > 0 && operation.id !== 'listCustomFields') break;
    }
    if (refusal) {
      witness.blame(operation, { about: operation.id, what: 'status', expected: 200, got: refusal.status });
    }
  }
  return lists;
}

/** How many records are tried until one shows something. */
const mostStops = 8;

function pathNames({ parameters }: Operation): string[] {
  return parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
}

function sampleSize({ path }: Operation, samples: number): Record<string, number> {
  if (path.startsWith('/job_board/')) return {};
  return path.startsWith('/v0/')
    ? { page_size: Math.min(samples, 100) }
    : { per_page: Math.min(samples, 500) };
}
