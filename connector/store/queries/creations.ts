import { sql } from 'kysely';
import { toJson } from '../storable.ts';
import type { Store } from '../open-store.ts';
import type { Database } from '../schema.ts';

// Applications that are being created at Gem. What is asked for is about people, so it is sealed, and gone once done.

/** One of an integration's pending creations: by a digest of who applies to what. */
export interface CreationKey {
  integrationId: string;
  target: string;
}

/** What Gem made of a creation, by its own ids. */
export interface CreatedIds {
  candidateId: string;
  applicationId: string;
  /** By Gem's clock; null when it does not say so. */
  appliedAt: string | null;
}

/** A creation that has begun. Times are instants. */
export interface PendingCreation extends CreationKey {
  /** A digest of the person; of those, one is created at a time. */
  turn: string;
  /** A digest of all that was asked for. */
  call: string;
  /** What was asked for, as its action wrote it down. */
  asked: unknown;
  /** Null as long as it is unknown whether Gem made anything. */
  created: CreatedIds | null;
  warnings: string[];
  /** Whether a caller has its result. */
  isTold: boolean;
  begunAt: string;
  files: PendingFile[];
}

/** A file that comes with a creation. */
export interface PendingFile {
  position: number;
  filename: string;
  contentType: string;
  /** Null once Gem has it or refused it. */
  content: Uint8Array | null;
  /** Its id at Gem. */
  uploadedAs: string | null;
}

type Sealed = Pick<Store, 'database' | 'vault'>;

/** Writes down what is about to be created, in place of an older one of the same target. */
export async function saveCreation(
  { database, vault }: Sealed,
  { integrationId, target, turn, call, asked, begunAt, files }: PendingCreation,
  nextTryAt: string,
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    await dropCreation(transaction, { integrationId, target });
    await sql`
      insert into pending_creations (integration_id, target, turn, call, asked, begun_at, next_try_at)
      values (${integrationId}, ${target}::text, ${turn}, ${call}, ${vault.seal(JSON.stringify(asked))},
        ${begunAt}::timestamptz, ${nextTryAt}::timestamptz)
    `.execute(transaction);
    for (const { position, filename, contentType, content } of files) {
      if (content === null) continue;
      const sealed = vault.seal(Buffer.from(content).toString('base64'));
      await sql`
        insert into pending_files (integration_id, target, position, filename, content_type, content)
        values (${integrationId}, ${target}, ${position}::integer, ${vault.seal(filename)}, ${contentType}, ${sealed})
      `.execute(transaction);
    }
  });
}

/** @returns undefined when nothing of that target is pending */
export async function findCreation(
  { database, vault }: Sealed,
  { integrationId, target }: CreationKey,
): Promise<PendingCreation | undefined> {
  const { rows } = await sql<Omit<PendingCreation, 'asked' | 'files'> & { asked: string }>`
    select integration_id as "integrationId", target, turn, call, asked, created, warnings, is_told as "isTold",
      instant(begun_at) as "begunAt"
    from pending_creations where integration_id = ${integrationId} and target = ${target}::text
  `.execute(database);
  const [row] = rows;
  if (!row) return undefined;
  const { rows: files } = await sql<Omit<PendingFile, 'content'> & { content: string | null }>`
    select position, filename, content_type as "contentType", content, uploaded_as as "uploadedAs"
    from pending_files where integration_id = ${integrationId} and target = ${target}::text
    order by position
  `.execute(database);
  const asked: unknown = JSON.parse(vault.open(row.asked));
  return {
    ...row,
    asked,
    files: files.map(({ position, filename, contentType, content, uploadedAs }) => ({
      position,
      filename: vault.open(filename),
      contentType,
      content: content === null ? null : Buffer.from(vault.open(content), 'base64'),
      uploadedAs,
    })),
  };
}

/** Notes what Gem made of a creation. */
export async function noteCreated(
  database: Database,
  { integrationId, target }: CreationKey,
  created: CreatedIds,
  warnings: readonly string[],
): Promise<void> {
  await sql`
    update pending_creations set created = ${toJson(created)}::jsonb, warnings = ${toJson(warnings)}::jsonb
    where integration_id = ${integrationId} and target = ${target}::text
  `.execute(database);
}

/** Notes that a file is done, and deletes its content. */
export async function noteFile(
  database: Database,
  { integrationId, target }: CreationKey,
  { position, uploadedAs }: Pick<PendingFile, 'position' | 'uploadedAs'>,
): Promise<void> {
  await sql`
    update pending_files set content = null, uploaded_as = ${uploadedAs}
    where integration_id = ${integrationId} and target = ${target}::text and position = ${position}::integer
  `.execute(database);
}

/** Puts off the next try to finish a creation. */
export async function putOffCreation(
  database: Database,
  { integrationId, target }: CreationKey,
  { nextTryAt, isTold }: { nextTryAt: string; isTold: boolean },
): Promise<void> {
  await sql`
    update pending_creations set next_try_at = ${nextTryAt}::timestamptz, is_told = ${isTold}::boolean
    where integration_id = ${integrationId} and target = ${target}::text
  `.execute(database);
}

/** Forgets a creation, with all that was asked for. */
export async function dropCreation(
  database: Database,
  { integrationId, target }: CreationKey,
): Promise<void> {
  await sql`
    delete from pending_creations where integration_id = ${integrationId} and target = ${target}::text
  `.execute(database);
}

/** The creations that are to be finished by now, the oldest first; those of deleted integrations wait for their end. */
export async function dueCreations(
  database: Database,
  { at, limit }: { at: string; limit: number },
): Promise<(CreationKey & { turn: string })[]> {
  const { rows } = await sql<CreationKey & { turn: string }>`
    select pending.integration_id as "integrationId", pending.target, pending.turn
    from pending_creations as pending join integrations as integration on integration.id = pending.integration_id
    where pending.next_try_at <= ${at}::timestamptz and integration.deleted_at is null
    order by pending.begun_at
    limit ${limit}::integer
  `.execute(database);
  return rows;
}

/** Forgets the creations that were begun before an instant, finished or not. @returns how many */
export async function forgetCreations(database: Database, before: string): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from pending_creations where begun_at < ${before}::timestamptz
  `.execute(database);
  return Number(numAffectedRows ?? 0);
}

// Which applications were created through this connector: in the created-only mode, only they are synced.

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
