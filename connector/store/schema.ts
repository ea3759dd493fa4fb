// The tables of the migrations as types.
import type { Generated, Kysely } from 'kysely';
import type { models } from '../models/index.ts';
import type { Columns } from '../models/model.ts';
import type { ColumnType } from '../models/forms.ts';
import type {
  ActionCallRows,
  Issues,
  Moment,
  NullableMoment,
  WebhookDeliveries,
  WebhookEvents,
  Webhooks,
  WebhookTries,
} from './event-tables.ts';

/** The connector's database, or a transaction on it. */
export type Database = Kysely<Schema>;

/** Every table by name. */
export type Schema = {
  environments: Environments;
  environment_keys: EnvironmentKeys;
  integrations: Integrations;
  syncs: Syncs;
  sync_checkpoints: SyncCheckpoints;
  sync_sightings: SyncSightings;
  sync_watermarks: SyncWatermarks;
  created_applications: CreatedApplications;
  pending_creations: PendingCreations;
  pending_files: PendingFiles;
  recent_writes: RecentWrites;
  rejected_records: RejectedRecords;
  doubted_losses: DoubtedLosses;
  schema_drift: SchemaDrift;
  sync_drift: SyncDrift;
  integration_fields: IntegrationFields;
  custom_fields: CustomFields;
  custom_field_mappings: CustomFieldMappings;
  connection_links: ConnectionLinks;
  issues: Issues;
  action_calls: ActionCallRows;
  webhooks: Webhooks;
  webhook_events: WebhookEvents;
  webhook_deliveries: WebhookDeliveries;
  webhook_tries: WebhookTries;
  sync_changes: SyncChanges;
  call_windows: CallWindows;
  actions_under_way: ActionsUnderWay;
  list_calls: ListCalls;
  entry_changes: EntryChanges;
  ready_items: ReadyItems;
  unshown_changes: UnshownChanges;
  key_check: KeyCheck;
  gem_keys: GemKeys;
  worker_heartbeats: WorkerHeartbeats;
} & {
  [M in (typeof models)[number] as M['name']]: RowFrame & Values<M['columns']> & Values<M['derivedColumns']>;
};

interface KeyCheck {
  is_only: Generated<boolean>;
  sealed: string;
  /** Sealed with the key that takes the place of the other, until all is. */
  resealing: string | null;
}

interface GemKeys {
  key_digest: string;
  /** Milliseconds since 1970, as the others. */
  spent_until: Generated<number>;
  closed_until: number | null;
  failures: Generated<number>;
  probing_until: number | null;
}

interface WorkerHeartbeats {
  worker_id: string;
  seen_at: Moment;
}

interface Environments {
  id: string;
  name: string;
  created_at: Moment;
  public_url: string | null;
  scope: Generated<unknown>;
  scope_name: string | null;
}

interface EnvironmentKeys {
  api_key_hash: string;
  environment_id: string;
  created_at: Moment;
}

interface Integrations {
  id: string;
  environment_id: string;
  gem_url: string;
  gem_api_key: string;
  gem_application_secret: string | null;
  acting_user_id: string | null;
  job_board_vanity: string | null;
  end_user_organization_name: string;
  end_user_email: string | null;
  end_user_origin_id: string | null;
  is_remote_data_enabled: boolean;
  is_created_only: Generated<boolean>;
  /** A name, an id, or neither: the source that is called like the environment. */
  automatic_source: unknown;
  opted_out: Generated<unknown>;
  first_synced_at: NullableMoment;
  data_expired_at: NullableMoment;
  is_enabled: Generated<boolean>;
  authentication_failing_since: NullableMoment;
  invalid_since: NullableMoment;
  deleted_at: NullableMoment;
  created_at: Moment;
}

interface Syncs {
  id: string;
  integration_id: string;
  type: string;
  state: string;
  started_at: Moment;
  ended_at: NullableMoment;
  problem: string | null;
  progress: Generated<unknown>;
  rejected_count: number | null;
  /** What became of each list. */
  lists: unknown;
  /** The number that readings had reached when it began. */
  reading: Generated<number>;
  /** The step of a trace in which it was asked for. */
  traceparent: string | null;
}

interface SyncCheckpoints {
  sync_id: string;
  listing: string;
  next_page: number;
  is_finished: boolean;
  changes_since: NullableMoment;
  answered_at: NullableMoment;
  digest: string | null;
  problem: string | null;
  shown: unknown;
}

interface SyncWatermarks {
  integration_id: string;
  listing: string;
  answered_at: NullableMoment;
  digest: string | null;
  is_created_only: boolean;
}

interface CreatedApplications {
  integration_id: string;
  application_remote_id: string;
  candidate_remote_id: string;
  created_at: Moment;
}

interface PendingCreations {
  integration_id: string;
  target: string;
  turn: string;
  call: string;
  asked: string;
  created: unknown;
  warnings: Generated<unknown>;
  is_told: Generated<boolean>;
  begun_at: Moment;
  next_try_at: Moment;
}

interface PendingFiles {
  integration_id: string;
  target: string;
  position: number;
  filename: string;
  content_type: string;
  content: string | null;
  uploaded_as: string | null;
}

interface RecentWrites {
  integration_id: string;
  target: string;
  number: number;
  result: unknown;
  is_uncollected: boolean;
  written_at: Moment;
}

interface SyncSightings {
  sync_id: string;
  model: string;
  id: string;
}

interface RejectedRecords {
  integration_id: string;
  listing: string;
  remote_id: string;
  reason: string;
  record: unknown;
  rejected_at: Moment;
}

interface DoubtedLosses {
  integration_id: string;
  listing: string;
  sync_id: string;
  doubted_at: Moment;
}

interface SchemaDrift {
  integration_id: string;
  listing: string;
  path: string;
  kind: string;
  count: number;
  first_seen_at: Moment;
  last_seen_at: Moment;
  is_told: Generated<boolean>;
}

interface SyncDrift {
  sync_id: string;
  listing: string;
  path: string;
  kind: string;
  count: number;
}

interface IntegrationFields {
  integration_id: string;
  id: string;
  model: string;
  key: string;
  type: string;
  label: string | null;
  is_passthrough_enabled: Generated<boolean>;
}

interface CustomFields {
  environment_id: string;
  model: string;
  key: string;
  label: string | null;
  description: string | null;
}

interface CustomFieldMappings {
  integration_id: string;
  model: string;
  key: string;
  integration_field_id: string | null;
}

interface ConnectionLinks {
  token_hash: string;
  environment_id: string;
  purpose: string;
  integration_id: string | null;
  is_embedded: boolean;
  end_user_email: string | null;
  end_user_organization_name: string;
  end_user_origin_id: string | null;
  is_created_only: boolean | null;
  created_at: Moment;
  expires_at: Moment;
  refusals: Generated<number>;
  gem_api_key: string | null;
  gem_api_key_kept_at: NullableMoment;
  completed_at: NullableMoment;
  sync_id: string | null;
  result_token_hash: string | null;
}

interface SyncChanges {
  sync_id: string;
  model: string;
}

interface CallWindows {
  api_key_hash: string;
  /** Milliseconds since 1970. */
  ends_at: number;
  calls: number;
}

interface ActionsUnderWay {
  integration_id: string;
  /** When each action counts no longer, by its name; milliseconds since 1970. */
  leases: unknown;
}

interface ListCalls {
  integration_id: string;
  at: Moment;
}

interface EntryChanges {
  integration_id: string;
  model: string;
  parent_id: string;
  entry_id: string;
  changed_at: Moment;
}

type ReadyItems = Record<'integration_id' | 'model' | 'id' | 'shape' | 'json', string>;

interface UnshownChanges {
  integration_id: string;
  model: string;
  since: Moment;
}

/** What every row of a model has. */
interface RowFrame {
  id: string;
  integration_id: string;
  remote_id: string;
  number: Generated<number>;
  changed_at: Moment;
  remote_deleted_at: NullableMoment;
  is_cleared: Generated<boolean>;
  /** The number of the reading of Gem that brought this version. */
  reading: Generated<number>;
}

type Values<Names extends Columns> = { [Column in keyof Names]: Value<Names[Column]> | null };

type Value<Type extends ColumnType> = Type extends 'boolean'
  ? boolean
  : Type extends 'integer'
    ? number
    : Type extends 'timestamptz'
      ? Moment
      : Type extends 'jsonb'
        ? unknown
        : string;
