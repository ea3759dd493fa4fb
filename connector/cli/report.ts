import type { SyncState, SyncType } from '../store/queries/syncs.ts';
import type { SyncProgress } from '../sync/reading.ts';

/** What the command tells about itself, to a person or to the process that started it. */
export type Report =
  | { event: 'listening'; url: string; apiUrl: string }
  /** A worker has begun to work. */
  | { event: 'working'; database: 'embedded' | 'server' }
  | ({ event: 'progress' } & SyncProgress)
  | {
      event: 'ready';
      url: string;
      apiUrl: string;
      apiKey: string;
      /** Null when no Gem account is connected. */
      integrationId: string | null;
      /** Rows of each model. */
      counts: Readonly<Record<string, number>>;
    }
  /** A sync has ended that was done in the background. */
  | {
      event: 'synced';
      integrationId: string;
      syncId: string;
      type: SyncType;
      state: SyncState;
      problem: string | null;
    }
  | {
      event: 'failed';
      message: string;
      /** The port that was in use, where that is the reason: a parent may know it by another option. */
      takenPort: number | null;
    };

/** Where reports go. */
export type Reporter = (report: Report) => void;
