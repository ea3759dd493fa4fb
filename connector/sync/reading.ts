import type { Clock } from '../../contracts/clock.ts';
import type { GemClient } from '../gem/client.ts';
import {
  GemAnswerUnreadable,
  GemLacksOperation,
  GemNotFound,
  GemRefusedInput,
  type GemError,
} from '../gem/errors.ts';
import type { MappingContext } from '../models/model.ts';
import type { Checkpoint } from '../store/queries/read-checkpoints.ts';
import type { Watermark } from '../store/queries/read-watermarks.ts';
import type { Sync } from '../store/queries/find-sync.ts';
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
  tally: Tally;
  onProgress: OnProgress | undefined;
  signal: AbortSignal | undefined;
}

/**
 * Whether an error is about one list only: Gem does not have it, or refuses or garbles just this. The list is left out
 * then, and the others are read. Anything else concerns Gem as a whole.
 */
export function isOfOneList(error: unknown): error is GemError {
  return (
    error instanceof GemNotFound ||
    error instanceof GemLacksOperation ||
    error instanceof GemRefusedInput ||
    error instanceof GemAnswerUnreadable
  );
}

/** The same in words, for people. */
export function whyLeftOut(error: GemError): string {
  return error instanceof GemNotFound ? 'Gem has no such list' : error.message;
}
