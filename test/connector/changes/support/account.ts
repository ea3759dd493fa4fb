// One account on a PostgreSQL server for many writers and pollers at once, with a trigger that makes transactions take
// random time, and one that keeps which versions of rows there were.
import { sql } from 'kysely';
import { onTestFinished } from 'vitest';
import { models } from '../../../../connector/models/index.ts';
import { startConnector, type Connector } from '../../../../connector/server.ts';
import { openStore, type Store } from '../../../../connector/store/open-store.ts';
import { findIntegration, type Integration } from '../../../../connector/store/queries/integrations.ts';
import type { Database } from '../../../../connector/store/schema.ts';
import { placeOnPostgres } from '../../../support/databases.ts';
import { startStubGem } from '../../../support/stub-gem.ts';

/** An account that many share. */
export interface SharedAccount {
  integration: Integration;
  /** What writers write through: each is as another process, with connections of its own. */
  stores: readonly Store[];
  /** What pollers ask: each is as another process too. */
  connectors: readonly Connector[];
}

/** The columns that tell the versions of a model's rows apart. Joins have none. */
export const versionColumns = {
  ats_users: 'last_name',
  ats_jobs: 'name',
  ats_job_postings: 'title',
  ats_candidates: 'last_name',
  ats_application_stages: 'name',
  ats_applications: 'rejection_reason_name',
  ats_interviews: 'title',
} as const;

/**
 * Connects an account.
 *
 * @param longest milliseconds that a statement which writes rows may take longer than it has to; few take as long
 */
export async function shareAccount({
  stores: storeCount,
  connectors: connectorCount,
  longest,
}: {
  stores: number;
  connectors: number;
  longest: number;
}): Promise<SharedAccount> {
  const place = await placeOnPostgres();
  const stub = await startStubGem();
  const apiKey = 'mgc_key-of-many-writers-and-pollers-000001';
  const connectors = await all(connectorCount, () =>
    startConnector({ port: 0, limits: 'off', apiKey, ...place }),
  );
  const stores = await all(storeCount, () => openStore(place));
  onTestFinished(async () => {
    for (const { close } of [...connectors, ...stores]) await close();
  });
  const [connector] = connectors;
  const [store] = stores;
  if (!connector || !store) throw new Error('there is nobody to write or to ask');
  const { id } = await connector.connect({
    gem: { url: stub.url, apiKey: 'secret' },
    actingUserId: 'user-1',
    endUserOrganizationName: 'Acme',
  });
  await sql`update integrations set first_synced_at = now() where id = ${id}`.execute(store.database);
  const integration = await findIntegration(store, id);
  if (!integration) throw new Error('the integration is not there');
  await keepVersions(store.database);
  await slowDown(store.database, longest);
  return { integration, stores, connectors };
}

async function all<Made>(count: number, make: () => Promise<Made>): Promise<Made[]> {
  const made: Made[] = [];
  for (let index = 0; index < count; index += 1) made.push(await make());
  return made;
}

/** Numbered while the row is locked, so that the versions of a row are numbered in their order. */
async function keepVersions(database: Database): Promise<void> {
  await sql
    .raw(
      `create table versions (
        number bigint generated always as identity primary key, model text not null, id text not null,
        version text not null, transaction text not null default pg_current_xact_id()::text)`,
    )
    .execute(database);
  for (const [model, column] of Object.entries(versionColumns)) {
    await sql
      .raw(
        `create function keep_version_of_${model}() returns trigger language plpgsql as $$ begin
          insert into versions (model, id, version)
          values ('${model}', new.id, coalesce(new.${column}, '') || case when new.remote_deleted_at is null then '' else gone end);
          return null;
        end $$`.replace('else gone', `else '${gone}'`),
      )
      .execute(database);
    await sql
      .raw(
        `create trigger keep_version_when_new after insert on ${model} for each row execute function keep_version_of_${model}()`,
      )
      .execute(database);
    await sql
      .raw(
        `create trigger keep_version after update on ${model} for each row
          when (old.${column} is distinct from new.${column}
            or (old.remote_deleted_at is null) is distinct from (new.remote_deleted_at is null))
          execute function keep_version_of_${model}()`,
      )
      .execute(database);
  }
}

/** What is added to the version of a row that is deleted. */
export const gone = ' (gone)';

async function slowDown(database: Database, longest: number): Promise<void> {
  await sql
    .raw(
      `create function take_time() returns trigger language plpgsql as $$ begin
        perform pg_sleep(power(random(), 5) * ${longest / 1000});
        return null;
      end $$`,
    )
    .execute(database);
  for (const { name } of models) {
    await sql
      .raw(
        `create trigger take_time after insert or update on ${name} for each statement execute function take_time()`,
      )
      .execute(database);
  }
}
