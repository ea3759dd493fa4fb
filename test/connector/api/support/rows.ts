import { sql } from 'kysely';
import { komboId } from '../../../../connector/identifiers.ts';
import type { Database } from '../../../../connector/store/schema.ts';

/** Values of a row by column; what is left out gets a plain default. */
export type Values = Readonly<Record<string, unknown>>;

/** Writes rows of one integration straight into the tables, so that a test says exactly what is stored. */
export interface Rows {
  /** The id that a record has in every table. */
  id(remoteId: string): string;
  insert(table: Table, remoteId: string, values?: Values): Promise<string>;
  update(table: Table, remoteId: string, values: Values): Promise<void>;
}

export type Table = keyof typeof defaults;

/** When rows were changed unless a test says otherwise. */
export const longAgo = '2026-01-01T00:00:00.000Z';

export function rowsOf(database: Database, integrationId: string): Rows {
  const id = (remoteId: string) => komboId(integrationId, remoteId);
  return {
    id,
    async insert(table, remoteId, values = {}) {
      const row: Values = {
        id: id(remoteId),
        integration_id: integrationId,
        remote_id: remoteId,
        changed_at: longAgo,
        ...defaults[table],
        ...values,
      };
      const columns = Object.keys(row).map((column) => sql.ref(column));
      const parameters = Object.values(row).map(toParameter);
      await sql`insert into ${sql.table(table)} (${sql.join(columns)}) values (${sql.join(parameters)})`.execute(
        database,
      );
      return id(remoteId);
    },
    async update(table, remoteId, values) {
      const assignments = Object.entries(values).map(
        ([column, value]) => sql`${sql.ref(column)} = ${toParameter(value)}`,
      );
      await sql`update ${sql.table(table)} set ${sql.join(assignments)} where id = ${id(remoteId)}`.execute(
        database,
      );
    },
  };
}

const defaults = {
  ats_users: { first_name: 'Ada', last_name: 'Byron', email: 'ada@example.com', status: 'ACTIVE' },
  ats_jobs: { name: 'Engineer', status: 'OPEN', custom_fields: {}, integration_fields: [] },
  ats_job_postings: { title: 'Engineer wanted', status: 'ACTIVE', visibility: 'PUBLIC', is_live: true },
  ats_candidates: {
    first_name: 'Grace',
    last_name: 'Hopper',
    confidential: false,
    phone_numbers: [],
    email_addresses: [],
    social_media: [],
    custom_fields: {},
    integration_fields: [],
  },
  ats_application_stages: { name: 'Phone screen', interview_item_ids: [] },
  ats_applications: { outcome: 'PENDING', custom_fields: {}, integration_fields: [] },
  ats_interviews: { title: 'Interview' },
  ats_join_jobs_application_stages: {},
  ats_join_jobs_users: { roles: ['RECRUITER'] },
  ats_join_interviews_users: {},
} satisfies Record<string, Values>;

function toParameter(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}
