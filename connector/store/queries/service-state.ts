// What the service as a whole is doing, over all integrations and processes.
import { sql } from 'kysely';
import type { Database } from '../schema.ts';

/** Notes that a worker lives, by the database's clock, which all workers share. */
export async function saveHeartbeat(database: Database, workerId: string): Promise<void> {
  await sql`
    insert into worker_heartbeats (worker_id, seen_at) values (${workerId}, now())
    on conflict (worker_id) do update set seen_at = excluded.seen_at
  `.execute(database);
}

/** Forgets a worker that has ended, and those that died without a word days ago. */
export async function removeHeartbeat(database: Database, workerId: string): Promise<void> {
  await sql`
    delete from worker_heartbeats where worker_id = ${workerId} or seen_at < now() - interval '2 days'
  `.execute(database);
}

/** How many workers gave a sign of life in the last seconds. */
export async function countWorkers(database: Database, seconds: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from worker_heartbeats
    where seen_at > now() - make_interval(secs => ${seconds}::float8)
  `.execute(database);
  return rows[0]?.count ?? 0;
}

/** What the database has been made ready for. */
export interface Preparation {
  /** The migrations that it has gone through. */
  migrations: string[];
  /** Whether the tables of the queue are there. Where no worker has ever been, they are not. */
  hasQueue: boolean;
}

/** Looks what the database has been made ready for, in one statement. */
export async function readPreparation(database: Database): Promise<Preparation> {
  const { rows } = await sql<Preparation>`
    select array(select name::text from kysely_migration) as migrations,
      to_regclass('pgboss.queue') is not null and to_regclass('pgboss.job') is not null as "hasQueue"
  `.execute(database);
  return rows[0] ?? { migrations: [], hasQueue: false };
}

/** The jobs of a kind that wait or are being done. */
export interface QueuedJobs {
  kind: string;
  waiting: number;
  active: number;
  /** For how long the oldest one that could be done has been waiting; 0 when none waits. */
  oldestSeconds: number;
}

/** The jobs on the queue by their kind. */
export async function countJobs(database: Database): Promise<QueuedJobs[]> {
  const { hasQueue } = await readPreparation(database);
  if (!hasQueue) return [];
  const { rows } = await sql<QueuedJobs>`
    select name as kind,
      (count(*) filter (where state < 'active'))::integer as waiting,
      (count(*) filter (where state = 'active'))::integer as active,
      greatest(0, extract(epoch from now() - min(start_after) filter (where state < 'active')))::float8 as "oldestSeconds"
    from pgboss.job where state <= 'active' group by name
  `.execute(database);
  return rows;
}

/** How far behind an integration is. */
export interface IntegrationState {
  id: string;
  state: 'active' | 'never_synced' | 'switched_off' | 'invalid';
  /** Milliseconds since 1970 at which the last sync that brought data began; the moment of connecting where there was none. */
  upToDateAt: number;
}

/** All integrations that were not deleted. */
export async function integrationStates(database: Database): Promise<IntegrationState[]> {
  const { rows } = await sql<IntegrationState>`
    select integration.id,
      case when integration.invalid_since is not null then 'invalid'
        when not integration.is_enabled then 'switched_off'
        when integration.first_synced_at is null then 'never_synced'
        else 'active' end as state,
      (extract(epoch from coalesce(good.started_at, integration.created_at)) * 1000)::float8 as "upToDateAt"
    from integrations as integration
      left join lateral (
        select started_at from syncs
        where syncs.integration_id = integration.id and state in ('SUCCEEDED', 'PARTIALLY_FAILED')
        order by started_at desc limit 1
      ) as good on true
    where integration.deleted_at is null
  `.execute(database);
  return rows;
}

/** How many issues of each type are open, and how many webhooks fare in which way. */
export interface Troubles {
  issues: readonly { type: string; count: number }[];
  webhooks: readonly { state: 'arriving' | 'failing' | 'switched_off'; count: number }[];
}

/** What is wrong, over all environments. */
export async function countTroubles(database: Database): Promise<Troubles> {
  const issues = await sql<Troubles['issues'][number]>`
    select type, count(*)::integer as count
    from issues join integrations as integration on integration.id = issues.integration_id
    where resolved_at is null and integration.deleted_at is null group by type
  `.execute(database);
  const webhooks = await sql<Troubles['webhooks'][number]>`
    select case when switched_off_at is not null then 'switched_off'
        when failing_since is not null then 'failing' else 'arriving' end as state,
      count(*)::integer as count
    from webhooks group by 1
  `.execute(database);
  return { issues: issues.rows, webhooks: webhooks.rows };
}
