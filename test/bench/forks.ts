// A process of its own: forks a world of ten thousand records, over and over, in each of the states it can be in.
import { Store } from '../../mock-server/store/store.ts';
import { largeWorld } from './large-world.ts';
import { median } from './median.ts';

/** What a fork takes, in milliseconds: the median. */
export interface Forks {
  records: number;
  /** A fork of a world that nobody wrote into, up to its first page of a hundred candidates. */
  forkMs: number;
  /** A fork is written into a hundred times, and then replaced by a new one of the world it came from. */
  resetMs: number;
  /** A fork of a world with a hundred writes of its own. */
  forkWrittenMs: number;
}

const candidates = Math.round(Number(process.argv[2]) / 1.55);
const { records } = largeWorld(candidates);
const template = Store.of(records);
const rounds = 50;

process.send?.({
  records: Object.values(records).reduce((sum, list) => sum + list.length, 0),
  forkMs: time(
    () => undefined,
    () => firstPage(template.fork()),
  ),
  resetMs: time(
    () => write(template.fork()),
    () => firstPage(template.fork()),
  ),
  forkWrittenMs: time(
    () => write(template.fork()),
    (written) => firstPage(written.fork()),
  ),
} satisfies Forks);

function time<Prepared>(prepare: () => Prepared, work: (prepared: Prepared) => void): number {
  const times = Array.from({ length: rounds }, () => {
    const prepared = prepare();
    const began = performance.now();
    work(prepared);
    return performance.now() - began;
  });
  return median(times);
}

function firstPage(store: Store): void {
  store.collection('candidates').select({ includeDeleted: false, conditions: [], first: 0, count: 100 });
}

function write(store: Store): Store {
  for (const candidate of records.candidates.slice(0, 100)) {
    store.put('candidates', { ...candidate, updated_at: '2026-12-01T00:00:00.000Z' });
  }
  return store;
}
