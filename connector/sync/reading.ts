import type { Clock } from '../../contracts/clock.ts';
import type { GemClient } from '../gem/client.ts';
import type { MappingContext } from '../models/model.ts';
import type { Checkpoint, Watermark } from '../store/queries/progress.ts';
import type { Sync } from '../store/queries/syncs.ts';
import type { Database } from '../store/schema.ts';
import type { CreatedOnly } from './created-only.ts';
import type { OnProgress } from './progress.ts';
import type { Tally } from './tally.ts';

/** What the reading of lists works with. */
export interface Reading {
  database: Database;
  clock: Clock;
  gem: GemClient;
  sync: Pick<Sync, 'id' | 'type'>;
  /** The full sync that is to remember what is met: this one, or one that was killed and is to go on some day. */
  sightingSyncId: string | undefined;
  context: MappingContext;
  /** Where this sync stood when the run began. */
  checkpoints: readonly Checkpoint[];
  watermarks: readonly Watermark[];
  /** Undefined when everything is synced. */
  createdOnly: CreatedOnly | undefined;
  /** Gem's ids of the candidates that this run has read. */
  metCandidates: Set<string>;
  /** What this run has come to know of Gem. */
  found: {
    /** Whether a list was read to its end, so that the key and the secret beside it are good. */
    hasRead: boolean;
    /** Why candidates cannot be read by their ids; null while they can. */
    candidatesProblem: string | null;
  };
  tally: Tally;
  onProgress: OnProgress | undefined;
  signal: AbortSignal | undefined;
}
