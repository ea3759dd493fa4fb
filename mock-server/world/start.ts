import type { WorldSeed } from '../../seeds/index.ts';
import type { Store } from '../store/store.ts';

/** What a world starts from, and returns to when it is reset. It is only ever forked. */
export type WorldStart = Omit<WorldSeed, 'records'> & { store: Store };

/** Where a world came from. */
export interface Recipe {
  scenario: string;
  seed: string;
  anchor: string;
  parameters: Readonly<Record<string, unknown>>;
}

/** An independent copy; the records are shared until one of both changes them. */
export function forkStart(start: WorldStart): WorldStart {
  return {
    company: start.company,
    store: start.store.fork(),
    identifiers: start.identifiers.fork(),
    labels: { ...start.labels },
    timeline: start.timeline,
  };
}
