// What is wrong with an integration: raised and resolved by Kombo's rules, with the event, in one transaction
// (kombo-unified-api §4.10).
import { toInstant, type Clock } from '../../contracts/clock.ts';
import type { Log } from '../log.ts';
import { type IntegrationStatus, lockIntegrationStatus } from '../store/queries/integration-state.ts';
import {
  type ActionCalls,
  type Issue,
  type IssueKey,
  noteCall,
  quietIssues,
  raiseIssue,
  resolveIssue,
} from '../store/queries/issues.ts';
import { type SyncState, wasLastSyncBad } from '../store/queries/syncs.ts';
import { addWebhookEvent } from '../store/queries/webhooks.ts';
import type { Database } from '../store/schema.ts';
import { issueStatusChanged } from './events.ts';

/** Milliseconds of calls that count, and after which an action that nobody calls counts as mended: 24 hours. */
const day = 24 * 3_600_000;

/** Whether an action fails: at least half of its calls in 24 hours, of five or more. */
export function isFailing({ finished, failed }: ActionCalls): boolean {
  return finished >= 5 && 2 * failed >= finished;
}

/**
 * Raises and resolves what the end of a sync tells. The transaction holds the integration's row.
 *
 * A key that Gem refuses is an issue at once. Syncs that fail for another reason are one from the second in a row on: Gem
 * may be away for an hour. Both are over once a sync reads something again.
 */
export async function judgeSync(
  transaction: Database,
  status: IntegrationStatus,
  { id, state, problem, at }: { id: string; state: SyncState; problem: string | null; at: string },
): Promise<void> {
  const { integrationId } = status;
  const about = { integrationId, action: null, at };
  if (state === 'SUCCEEDED' || state === 'PARTIALLY_FAILED') {
    await resolve(transaction, status, { ...about, type: 'integration.authentication_failed' });
    await resolve(transaction, status, { ...about, type: 'integration.sync_failing' });
  } else if (state === 'AUTHENTICATION_FAILED') {
    const refused = problem ?? 'Gem does not accept the credentials';
    await raise(transaction, status, {
      ...about,
      type: 'integration.authentication_failed',
      problem: refused,
    });
  } else if (state !== 'CANCELLED' && (await wasLastSyncBad(transaction, { integrationId, before: id }))) {
    const failed = problem ?? 'the syncs do not come to an end';
    await raise(transaction, status, { ...about, type: 'integration.sync_failing', problem: failed });
  }
}

/** Notes how calls of actions ended, and raises or resolves the issue that the action fails. */
export type NoteActionCall = (call: {
  integrationId: string;
  action: string;
  hasFailed: boolean;
}) => Promise<void>;

/** Makes what is told of each call of an action. The action is done by then: what fails here fails nothing else. */
export function actionCallNotes({
  database,
  clock,
  log,
}: {
  database: Database;
  clock: Clock;
  log: Log;
}): NoteActionCall {
  return async ({ integrationId, action, hasFailed }) => {
    const now = clock.now();
    const at = toInstant(now);
    const key: IssueKey = { integrationId, type: 'integration.action_failing', action };
    try {
      const since = toInstant(now - day);
      const calls = await noteCall(database, { integrationId, action, hasFailed, at, since });
      if (isFailing(calls)) {
        const problem = `${calls.failed} of ${calls.finished} calls have failed within 24 hours`;
        await change(database, key, (status, open) => raise(open, status, { ...key, problem, at }));
      } else if (calls.isIssueOpen) {
        await change(database, key, (status, open) => resolve(open, status, { ...key, at }));
      }
    } catch (error) {
      log('the end of an action could not be noted for the issues', error);
    }
  };
}

/** Resolves the failing of actions that were not called for 24 hours. */
export async function resolveQuietIssues(database: Database, now: number): Promise<void> {
  const quiet = { type: 'integration.action_failing' as const, since: toInstant(now - day) };
  for (const key of await quietIssues(database, quiet)) {
    await change(database, key, (status, open) => resolve(open, status, { ...key, at: toInstant(now) }));
  }
}

async function change(
  database: Database,
  { integrationId }: IssueKey,
  to: (status: IntegrationStatus, transaction: Database) => Promise<void>,
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    const status = await lockIntegrationStatus(transaction, integrationId);
    if (status && !status.isDeleted) await to(status, transaction);
  });
}

async function raise(
  transaction: Database,
  status: IntegrationStatus,
  issue: Parameters<typeof raiseIssue>[1],
): Promise<void> {
  const raised = await raiseIssue(transaction, issue);
  if (raised) await tell(transaction, status, 'RAISED', raised, issue.at);
}

async function resolve(
  transaction: Database,
  status: IntegrationStatus,
  issue: Parameters<typeof resolveIssue>[1],
): Promise<void> {
  const resolved = await resolveIssue(transaction, issue);
  if (resolved) await tell(transaction, status, 'RESOLVED', resolved, issue.at);
}

async function tell(
  transaction: Database,
  status: IntegrationStatus,
  what: 'RAISED' | 'RESOLVED',
  issue: Issue,
  at: string,
): Promise<void> {
  const { environmentId, integrationId } = status;
  const { type, data } = issueStatusChanged(status, what, issue);
  await addWebhookEvent(transaction, { environmentId, integrationId, type, data, at });
}
