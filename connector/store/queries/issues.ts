// Issues of integrations, and the calls of actions that decide over some of them (kombo-unified-api §4.10).
import { sql } from 'kysely';
import { komboId } from '../../identifiers.ts';
import type { Database } from '../schema.ts';

/** What can be wrong. The last one is this connector's own. */
export const issueTypes = [
  'integration.authentication_failed',
  'integration.action_failing',
  'integration.sync_failing',
] as const;

export type IssueType = (typeof issueTypes)[number];

/** Something that is wrong with an integration, or was. Times are instants. */
export interface Issue {
  id: string;
  type: IssueType;
  /** The action that it is about; null where it is about none. */
  action: string | null;
  /** What was observed last, for people. */
  problem: string;
  firstObservedAt: string;
  lastObservedAt: string;
  /** Null while it is open. */
  resolvedAt: string | null;
}

/** Which issue of an integration. */
export interface IssueKey {
  integrationId: string;
  type: IssueType;
  /** Null where it is about none. */
  action: string | null;
}

const issueColumns = sql.raw(`
  id, type, nullif(action, '') as action, problem, instant(first_observed_at) as "firstObservedAt",
  instant(last_observed_at) as "lastObservedAt", instant(resolved_at) as "resolvedAt"`);

/**
 * Notes that a condition was observed. The caller holds the integration's row, so that it is raised once.
 *
 * @returns the issue, if it is raised by that; undefined where it was open already
 */
export async function raiseIssue(
  database: Database,
  { integrationId, type, action, problem, at }: IssueKey & { problem: string; at: string },
): Promise<Issue | undefined> {
  const seen = await sql`
    update issues set problem = ${problem}, last_observed_at = greatest(last_observed_at, ${at}::timestamptz)
    where integration_id = ${integrationId} and type = ${type} and action = ${action ?? ''} and resolved_at is null
  `.execute(database);
  if (Number(seen.numAffectedRows ?? 0) > 0) return undefined;
  const { rows: counted } = await sql<{ count: number }>`
    select count(*)::integer as count from issues where integration_id = ${integrationId}
  `.execute(database);
  const id = komboId(integrationId, `issues/${type}/${action ?? ''}/${at}/${counted[0]?.count ?? 0}`);
  const { rows } = await sql<Issue>`
    insert into issues (id, integration_id, type, action, problem, first_observed_at, last_observed_at)
    values (${id}, ${integrationId}, ${type}, ${action ?? ''}, ${problem}, ${at}::timestamptz, ${at}::timestamptz)
    returning ${issueColumns}
  `.execute(database);
  return rows[0];
}

/** Notes that a condition has cleared. @returns the issue that was open; undefined where none was */
export async function resolveIssue(
  database: Database,
  { integrationId, type, action, at }: IssueKey & { at: string },
): Promise<Issue | undefined> {
  const { rows } = await sql<Issue>`
    update issues set resolved_at = greatest(first_observed_at, ${at}::timestamptz)
    where integration_id = ${integrationId} and type = ${type} and action = ${action ?? ''} and resolved_at is null
    returning ${issueColumns}
  `.execute(database);
  return rows[0];
}

/** An integration's issues, the open ones first, then the latest. */
export async function listIssues(
  database: Database,
  { integrationId, limit }: { integrationId: string; limit: number },
): Promise<Issue[]> {
  const { rows } = await sql<Issue>`
    select ${issueColumns} from issues where integration_id = ${integrationId}
    order by issues.resolved_at is null desc, issues.first_observed_at desc, id limit ${limit}::integer
  `.execute(database);
  return rows;
}

/** How many issues of each integration of an environment are open; one without any is missing. */
export async function countOpenIssues(
  database: Database,
  environmentId: string,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ integrationId: string; count: number }>`
    select issue.integration_id as "integrationId", count(*)::integer as count
    from issues as issue join integrations as integration on integration.id = issue.integration_id
    where integration.environment_id = ${environmentId} and issue.resolved_at is null
    group by issue.integration_id
  `.execute(database);
  return new Map(rows.map(({ integrationId, count }) => [integrationId, count]));
}

/** The issues of a type that are open and were not observed again since an instant. */
export async function quietIssues(
  database: Database,
  { type, since }: { type: IssueType; since: string },
): Promise<IssueKey[]> {
  const { rows } = await sql<IssueKey>`
    select integration_id as "integrationId", type, nullif(action, '') as action from issues
    where type = ${type} and resolved_at is null and last_observed_at <= ${since}::timestamptz
    order by integration_id, action
  `.execute(database);
  return rows;
}

/** How the calls of an action went. */
export interface ActionCalls {
  finished: number;
  failed: number;
}

/**
 * Notes a call of an action that has ended.
 *
 * @param since the calls before this instant do not count
 * @returns how the calls went, and whether the issue that they decide over is open
 */
export async function noteCall(
  database: Database,
  {
    integrationId,
    action,
    hasFailed,
    at,
    since,
  }: { integrationId: string; action: string; hasFailed: boolean; at: string; since: string },
): Promise<ActionCalls & { isIssueOpen: boolean }> {
  await sql`
    insert into action_calls (integration_id, action, at, has_failed)
    values (${integrationId}, ${action}, ${at}::timestamptz, ${hasFailed}::boolean)
  `.execute(database);
  const { rows } = await sql<ActionCalls & { isIssueOpen: boolean }>`
    select count(*)::integer as finished, (count(*) filter (where has_failed))::integer as failed,
      exists (
        select from issues where integration_id = ${integrationId} and type = 'integration.action_failing'
          and action = ${action} and resolved_at is null
      ) as "isIssueOpen"
    from action_calls
    where integration_id = ${integrationId} and action = ${action} and at > ${since}::timestamptz
  `.execute(database);
  return rows[0] ?? { finished: 0, failed: 0, isIssueOpen: false };
}

/** Forgets calls that count no longer, and issues that were resolved long ago. @returns how many calls */
export async function pruneIssues(
  database: Database,
  { callsBefore, resolvedBefore }: { callsBefore: string; resolvedBefore: string },
): Promise<number> {
  await sql`delete from issues where resolved_at < ${resolvedBefore}::timestamptz`.execute(database);
  const { numAffectedRows } = await sql`
    delete from action_calls where at < ${callsBefore}::timestamptz
  `.execute(database);
  return Number(numAffectedRows ?? 0);
}
