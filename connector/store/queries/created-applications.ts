// Which applications were created through this connector: in the created-only mode, only they are synced.
import { sql } from 'kysely';
import type { Database } from '../schema.ts';

/** An application that was created through this connector, by Gem's ids. */
export interface CreatedApplication {
  integrationId: string;
  applicationRemoteId: string;
  candidateRemoteId: string;
  /** When it was created, by Gem's clock. */
  at: string;
}

/** Remembers that an application was created through this connector (kombo-unified-api §4.2). */
export async function rememberCreated(
  database: Database,
  { integrationId, applicationRemoteId, candidateRemoteId, at }: CreatedApplication,
): Promise<void> {
  await sql`
    insert into created_applications (integration_id, application_remote_id, candidate_remote_id, created_at)
    values (${integrationId}, ${applicationRemoteId}, ${candidateRemoteId}, ${at}::timestamptz)
    on conflict do nothing
  `.execute(database);
}

/** The applications of an integration that were created through this connector, the oldest first. */
export async function readCreated(
  database: Database,
  integrationId: string,
): Promise<Omit<CreatedApplication, 'integrationId'>[]> {
  const { rows } = await sql<Omit<CreatedApplication, 'integrationId'>>`
    select application_remote_id as "applicationRemoteId", candidate_remote_id as "candidateRemoteId",
      instant(created_at) as at
    from created_applications where integration_id = ${integrationId}
    order by created_at, application_remote_id
  `.execute(database);
  return rows;
}
