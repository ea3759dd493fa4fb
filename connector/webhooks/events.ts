import type { ModelName } from '../models/model.ts';
import type { IntegrationStatus } from '../store/queries/integration-state.ts';
import type { DriftReport } from '../store/queries/drift.ts';
import type { Issue, IssueType } from '../store/queries/issues.ts';
import type { UnifiedSchemas } from '../../contracts/unified.ts';

/** What an event is about (kombo-unified-api §4.7). */
export type EventType = UnifiedSchemas['WebhookEventType'];

/** Every type of event. */
export const eventTypes = [
  'data-changed',
  'sync-finished',
  'integration-created',
  'integration-deleted',
  'integration-state-changed',
  'connection-flow-failed',
  'issue-status-changed',
  'schema-drift-found',
  'webhook-switched-off',
] as const satisfies readonly EventType[];

// What events say, as Kombo's clients read it (kombo-unified-api §4.7). All decisions, no deeds.

/** An event that has no id yet. */
export type Event = Untold<
  | UnifiedSchemas['DataChangedEvent']
  | UnifiedSchemas['SyncFinishedEvent']
  | UnifiedSchemas['IntegrationCreatedEvent']
  | UnifiedSchemas['IntegrationDeletedEvent']
  | UnifiedSchemas['IntegrationStateChangedEvent']
  | UnifiedSchemas['ConnectionFlowFailedEvent']
  | UnifiedSchemas['IssueStatusChangedEvent']
  | UnifiedSchemas['SchemaDriftFoundEvent']
  | UnifiedSchemas['WebhookSwitchedOffEvent']
>;

type Untold<Told> = Told extends unknown ? Omit<Told, 'id'> : never;

/** How a sync has ended. Times are instants. */
export interface EndedSync {
  id: string;
  state: UnifiedSchemas['SyncFinishedEvent']['data']['sync_state'];
  startedAt: string;
  endedAt: string;
}

/** Rows of these models have changed. */
export function dataChanged(status: IntegrationStatus, models: readonly ModelName[]): Event {
  const changed_models = models.map((name) => ({ name }));
  return { type: 'data-changed', data: { ...nameOf(status), changed_models } };
}

/** A sync has ended, well or not. */
export function syncFinished(
  status: IntegrationStatus,
  { id, state, startedAt, endedAt }: EndedSync,
): Extract<Event, { type: 'sync-finished' }> {
  const seconds = Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 1000);
  return {
    type: 'sync-finished',
    data: {
      sync_id: id,
      sync_state: state,
      sync_started_at: startedAt,
      sync_ended_at: endedAt,
      // A clock that was set back must not make it negative.
      sync_duration_seconds: Math.max(0, seconds),
      ...nameOf(status),
      end_user: status.endUser,
      log_url: `${status.publicUrl}/v1/integrations/${status.integrationId}/syncs`,
    },
  };
}

/** An account was connected. */
export function integrationCreated({ integrationId: id, endUser: end_user }: IntegrationStatus): Event {
  return { type: 'integration-created', data: { id, tool, category, end_user } };
}

/** An integration was deleted. */
export function integrationDeleted(
  { integrationId: id, endUser: end_user }: IntegrationStatus,
  at: string,
): Event {
  return { type: 'integration-deleted', data: { id, tool, category, end_user, deleted_at: at } };
}

/** The status of an integration has changed. */
export function stateChanged(status: IntegrationStatus, at: string): Event {
  return {
    type: 'integration-state-changed',
    data: {
      ...nameOf(status),
      end_user: status.endUser,
      qa_status: qaStatusOf(status),
      setup_status: status.setupStatus,
      state: status.state,
      updated_at: at,
    },
  };
}

/** Somebody could not connect an account. */
export function connectionFlowFailed(end_user: IntegrationStatus['endUser'], publicUrl: string): Event {
  return {
    type: 'connection-flow-failed',
    data: {
      integration_tool: tool,
      integration_category: category,
      end_user,
      log_url: `${publicUrl}/connect/guide`,
    },
  };
}

/** An issue was raised or resolved (kombo-unified-api §4.10). */
export function issueStatusChanged(
  status: IntegrationStatus,
  change: 'RAISED' | 'RESOLVED',
  issue: Issue,
): Event {
  return {
    type: 'issue-status-changed',
    data: {
      change,
      issue: issueItem(issue),
      ...nameOf(status),
      end_user: status.endUser,
      log_url: `${status.publicUrl}/v1/integrations/${status.integrationId}/issues`,
    },
  };
}

/** An issue as events and the list of issues tell it. */
export function issueItem(issue: Issue): UnifiedSchemas['Issue'] {
  return {
    id: issue.id,
    type: issue.type,
    title: titles[issue.type],
    action: issue.action,
    problem: issue.problem,
    status: issue.resolvedAt === null ? 'OPEN' : 'RESOLVED',
    first_observed_at: issue.firstObservedAt,
    last_observed_at: issue.lastObservedAt,
    resolved_at: issue.resolvedAt,
  };
}

const titles: Readonly<Record<IssueType, string>> = {
  'integration.authentication_failed': 'Authentication failed',
  'integration.action_failing': 'Action failing',
  'integration.sync_failing': 'Syncs failing',
};

/** Records depart from Gem's description in ways that are new. */
export function schemaDriftFound(
  status: IntegrationStatus,
  { syncId, drift }: { syncId: string; drift: readonly DriftReport[] },
): Event {
  return {
    type: 'schema-drift-found',
    data: {
      sync_id: syncId,
      total: drift.length,
      findings: drift.slice(0, 100).map(departureItem),
      ...nameOf(status),
      end_user: status.endUser,
      log_url: `${status.publicUrl}/v1/integrations/${status.integrationId}/schema-drift`,
    },
  };
}

/** A webhook that is not called any more. Times are instants. */
export interface SwitchedOffWebhook {
  id: string;
  url: string;
  problem: string;
  failingSince: string;
  at: string;
}

/** A webhook was switched off, because nothing has reached it. The others are told; of its address they get the host. */
export function webhookSwitchedOff(
  { id, url, problem, failingSince, at }: SwitchedOffWebhook,
  publicUrl: string,
): Event {
  return {
    type: 'webhook-switched-off',
    data: {
      webhook_id: id,
      host: new URL(url).host,
      problem,
      failing_since: failingSince,
      switched_off_at: at,
      log_url: `${publicUrl}/v1/webhooks`,
    },
  };
}

/** A way of departing as events and lists tell it. */
export function departureItem(departure: DriftReport): UnifiedSchemas['Departure'] {
  const { firstSeenAt, lastSeenAt, ...way } = departure;
  return { ...way, first_seen_at: firstSeenAt, last_seen_at: lastSeenAt };
}

/** Whether an event about the status of an integration would say anything new. */
export function isOtherState(before: IntegrationStatus, after: IntegrationStatus): boolean {
  return (
    before.state !== after.state ||
    before.setupStatus !== after.setupStatus ||
    qaStatusOf(before) !== qaStatusOf(after)
  );
}

const tool = 'gem';
const category = 'ATS';

function nameOf({ integrationId }: IntegrationStatus) {
  return { integration_id: integrationId, integration_tool: tool, integration_category: category } as const;
}

/** The data is not reviewed before it is served: the first sync that brings some is the proof. */
function qaStatusOf({ hasData }: IntegrationStatus): 'PENDING' | 'PASSED' {
  return hasData ? 'PASSED' : 'PENDING';
}
