// The tables of the migrations as types.
import type { ColumnType as Stored, Generated, Kysely } from 'kysely';
import type { models } from '../models/index.ts';
import type { Columns } from '../models/model.ts';
import type { ColumnType } from '../models/values.ts';

/** The connector's database, or a transaction on it. */
export type Database = Kysely<Schema>;

/** Every table by name. */
export type Schema = {
  environments: Environments;
  integrations: Integrations;
  syncs: Syncs;
  sync_checkpoints: SyncCheckpoints;
  sync_sightings: SyncSightings;
  rejected_records: RejectedRecords;
} & {
  [M in (typeof models)[number] as M['name']]: RowFrame & Values<M['columns']> & Values<M['derivedColumns']>;
};

/** A moment: read as a date, written as an ISO-8601 text. */
type Moment = Stored<Date, string, string>;
type NullableMoment = Stored<Date | null, string | null, string | null>;

interface Environments {
  id: string;
  name: string;
  api_key_hash: string;
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
  is_remote_data_enabled: boolean;
  first_synced_at: NullableMoment;
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
}

interface SyncCheckpoints {
  sync_id: string;
  listing: string;
  next_page: number;
  is_finished: boolean;
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

/** What every row of a model has. */
interface RowFrame {
  id: string;
  integration_id: string;
  remote_id: string;
  number: Generated<number>;
  changed_at: Moment;
  remote_deleted_at: NullableMoment;
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
