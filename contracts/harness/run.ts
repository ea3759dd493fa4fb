// What the harness saw of one world on its way from Gem to the unified API and back.
import type { ControlSchemas } from '../control.ts';
import type { GemSchemas } from '../gem.ts';
import type { ItemOf, ListName } from './adapter.ts';
import type { Action } from './case.ts';

/** What Gem's API shows, record by record, by the names of its lists. */
export interface RecordOf {
  users: GemSchemas['User'];
  offices: GemSchemas['Office'];
  sources: GemSchemas['SourceItem'];
  jobs: GemSchemas['Job'];
  job_stages: GemSchemas['JobStage'];
  job_posts: GemSchemas['JobPost'];
  candidates: GemSchemas['Candidate'];
  applications: GemSchemas['Application'];
  scheduled_interviews: GemSchemas['ScheduledInterview'];
}
export type RecordList = keyof RecordOf;

/** All that Gem shows, deleted records too, where it shows them. */
export type GemRecords = { readonly [List in RecordList]: readonly RecordOf[List][] };

/** All that the unified API shows. */
export type UnifiedItems = { readonly [Name in ListName]: readonly ItemOf[Name][] };

/** Both sides at one moment. */
export interface State {
  /** The lists that the connector covers, as far as it says. */
  lists: readonly ListName[];
  gem: GemRecords;
  /** What the lists show by default. */
  unified: UnifiedItems;
  /** The same with `include_deleted`. */
  withDeleted: UnifiedItems;
}

/** All that was seen, in the order in which it happened. */
export interface Run {
  /** After the first, full sync. */
  first: State;
  /** After another full sync, with nothing done in between. */
  again: State;
  /** After the edits of all cases, and a delta sync. */
  delta: State;
  /** After one more full sync. */
  last: State;
  /** What was asked of the connector, one after the other. */
  results: readonly ActionResult[];
  /** After all acts, and a delta sync; the same as `last` when there were none. */
  after: State;
  /** The ids at Gem of the labelled records, by label. */
  ids: ReadonlyMap<string, string>;
  /** The Gem user in whose name the connector is to write. */
  actingUserId: string;
}

/** One act and what came of it. */
export interface ActionResult {
  action: Action;
  /** Words by which a person finds the act. */
  title: string;
  /** The path parameters and the body as they were sent. */
  sent: { path: Readonly<Record<string, string>>; body: unknown };
  /** The HTTP status of the answer, or what the adapter gave for it. */
  status: number;
  /** The whole body of the answer. */
  answer: unknown;
  /** What was different in the emulator's world afterwards: its own records, not what Gem's API shows of them. */
  changes: ControlSchemas['Changes'];
  /** What was asked of Gem meanwhile. */
  requests: readonly ControlSchemas['RecordedRequest'][];
  /** What these lists showed right afterwards. */
  shown: Pick<UnifiedItems, 'candidates' | 'applications'>;
}
