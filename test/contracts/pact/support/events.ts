// Every event that a receiver of webhooks may get: what it is like, and how the connector's own code makes it.
import { komboId } from '../../../../connector/identifiers.ts';
import type { IntegrationStatus } from '../../../../connector/store/queries/integration-state.ts';
import {
  connectionFlowFailed,
  dataChanged,
  type Event,
  type EventType,
  integrationCreated,
  integrationDeleted,
  issueStatusChanged,
  schemaDriftFound,
  stateChanged,
  syncFinished,
  webhookSwitchedOff,
} from '../../../../connector/webhooks/events.ts';

const at = '2026-11-16T09:00:00.000Z';
const end_user = {
  organization_name: 'Nordlicht',
  creator_email: 'grace@example.com',
  origin_id: 'customer-7',
};

const standing: IntegrationStatus = {
  integrationId: 'gem:2zkRoyePdkbZf68oL4a9Jk4n',
  environmentId: '9125q8CDTFSqTUUiBmiexPwq',
  endUser: end_user,
  state: 'ACTIVE',
  setupStatus: 'COMPLETED',
  hasData: true,
  isDeleted: false,
  publicUrl: 'https://connector.example.com',
};

const id = 'D51LFezvCBJL7X6Qkqq3RfHd';
const integration_id = 'gem:8d1hpPsbjxUkoCoa1veLZGe5';
const named = { integration_id, integration_tool: 'gem', integration_category: 'ATS' };
const log_url = 'https://example.com/log';

/** What a receiver reads of each event, as examples. */
export const received: Readonly<Record<EventType, object>> = {
  'data-changed': {
    id,
    type: 'data-changed',
    data: { ...named, changed_models: [{ name: 'ats_jobs' }] },
  },
  'sync-finished': {
    id,
    type: 'sync-finished',
    data: {
      ...named,
      sync_id: id,
      sync_state: 'SUCCEEDED',
      sync_started_at: at,
      sync_ended_at: at,
      sync_duration_seconds: 60,
      end_user,
      log_url,
    },
  },
  'integration-created': {
    id,
    type: 'integration-created',
    data: { id: integration_id, tool: 'gem', category: 'ATS', end_user },
  },
  'integration-deleted': {
    id,
    type: 'integration-deleted',
    data: { id: integration_id, tool: 'gem', category: 'ATS', end_user, deleted_at: at },
  },
  'integration-state-changed': {
    id,
    type: 'integration-state-changed',
    data: {
      ...named,
      end_user,
      qa_status: 'PASSED',
      setup_status: 'COMPLETED',
      state: 'ACTIVE',
      updated_at: at,
    },
  },
  'connection-flow-failed': {
    id,
    type: 'connection-flow-failed',
    data: { integration_tool: 'gem', integration_category: 'ATS', end_user, log_url },
  },
  'issue-status-changed': {
    id,
    type: 'issue-status-changed',
    data: {
      ...named,
      change: 'RAISED',
      issue: {
        id,
        type: 'integration.authentication_failed',
        title: 'Authentication failed',
        action: null,
        problem: 'Gem does not accept the key',
        status: 'OPEN',
        first_observed_at: at,
        last_observed_at: at,
        resolved_at: null,
      },
      end_user,
      log_url,
    },
  },
  'schema-drift-found': {
    id,
    type: 'schema-drift-found',
    data: {
      ...named,
      sync_id: id,
      total: 1,
      findings: [
        {
          listing: 'listUsers',
          path: 'nickname',
          kind: 'unknown-field',
          count: 3,
          first_seen_at: at,
          last_seen_at: at,
        },
      ],
      end_user,
      log_url,
    },
  },
  'webhook-switched-off': {
    id,
    type: 'webhook-switched-off',
    data: {
      webhook_id: id,
      host: 'receiver.example.com',
      problem: 'the receiver answered with status 503',
      failing_since: at,
      switched_off_at: at,
      log_url,
    },
  },
};

/** The same events as the connector makes them, with an id as its outbox gives it. */
export const sent: Readonly<Record<EventType, () => object>> = {
  'data-changed': () => withId(dataChanged(standing, ['ats_jobs', 'ats_users'])),
  'sync-finished': () =>
    withId(syncFinished(standing, { id, state: 'SUCCEEDED', startedAt: at, endedAt: at })),
  'integration-created': () => withId(integrationCreated(standing)),
  'integration-deleted': () => withId(integrationDeleted(standing, at)),
  'integration-state-changed': () => withId(stateChanged(standing, at)),
  'connection-flow-failed': () => withId(connectionFlowFailed(end_user, standing.publicUrl)),
  'issue-status-changed': () =>
    withId(
      issueStatusChanged(standing, 'RAISED', {
        id,
        type: 'integration.authentication_failed',
        action: null,
        problem: 'Gem does not accept the key',
        firstObservedAt: at,
        lastObservedAt: at,
        resolvedAt: null,
      }),
    ),
  'schema-drift-found': () =>
    withId(
      schemaDriftFound(standing, {
        syncId: id,
        drift: [
          {
            listing: 'listUsers',
            path: 'nickname',
            kind: 'unknown-field',
            count: 3,
            firstSeenAt: at,
            lastSeenAt: at,
          },
        ],
      }),
    ),
  'webhook-switched-off': () =>
    withId(
      webhookSwitchedOff(
        {
          id,
          url: 'https://receiver.example.com/hook?token=secret',
          problem: 'the receiver answered with status 503',
          failingSince: at,
          at,
        },
        standing.publicUrl,
      ),
    ),
};

function withId(event: Event): object {
  return { id: komboId(standing.integrationId, 'webhook-events/1'), ...event };
}
