// How the harness speaks to a connector, whatever it is written in.
import type { ItemOf, ListName } from './lists.ts';

/** Three functions are enough for a connector to be verified. */
export interface Adapter {
  /** The fields and actions that it covers, such as `jobs.location`; everything, when left out. */
  covers?: readonly string[] | undefined;
  /**
   * How many accounts it can be asked about at the same time; one, when left out. A world is an account, and many that live at
   * once take less time than one after the other.
   */
  accountsAtOnce?: number | undefined;
  /**
   * Syncs an account, and returns when that is done. The first call for an account connects it. A connector that says that it
   * could not read everything gives `partly`, or fails.
   */
  sync(account: Account, type: SyncType): Promise<SyncOutcome>;
  /** All items of a list that were synced. `query` has the names and values of the unified API. */
  list<Name extends ListName>(
    account: Account,
    list: Name,
    query: Readonly<Record<string, string>>,
  ): Promise<ItemOf[Name][]>;
  /** Performs an action. Refusals are answers too: `status` says which. */
  act(account: Account, call: ActionCall): Promise<ActionAnswer>;
  /** Milliseconds that it has waited so far because the connector throttles its callers. They are no part of a call's time. */
  waited?(): number;
  /** Ends what was started. */
  close?(): Promise<void>;
}

/** How a sync ended, if it did not fail; nothing stands for `done`. */
export type SyncOutcome = 'done' | 'partly' | void;

/** How a sync reads: everything, or what changed since the last one. */
export type SyncType = 'FULL' | 'DELTA';

/** A Gem account, which is a world of an emulator. */
export interface Account {
  /** Where Gem is, without a path, as in `http://127.0.0.1:4010`. */
  url: string;
  apiKey: string;
  applicationSecret: string;
  /** The word of its job board in `jobs.gem.com/{vanity}`. */
  jobBoard: string;
  /** The Gem user in whose name writes are made. */
  actingUserId: string;
}

/** An action of the unified API. */
export interface ActionCall {
  /** The `operationId` in the unified description. */
  operation: string;
  method: string;
  /** The path of the unified API, with its parameters filled in, without `/v1`. */
  path: string;
  body: unknown;
}

/** What an action answers: the status and the body of the unified API. */
export interface ActionAnswer {
  status: number;
  body: unknown;
}
