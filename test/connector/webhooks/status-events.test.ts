// What events say of an integration's status and of its issues, without a database.
import { expect, test } from 'vitest';
import type { IntegrationStatus } from '../../../connector/store/queries/integration-state.ts';
import {
  isOtherState,
  issueItem,
  issueStatusChanged,
  schemaDriftFound,
} from '../../../connector/webhooks/events.ts';

const status: IntegrationStatus = {
  integrationId: 'gem:1',
  environmentId: 'environment',
  endUser: { organization_name: 'Acme', creator_email: null, origin_id: null },
  state: 'ACTIVE',
  setupStatus: 'INCOMPLETE',
  hasData: false,
  isDeleted: false,
  publicUrl: 'https://unified.example',
};

test.each([
  ['another state', { state: 'INVALID' as const }, true],
  ['another state of the setup', { setupStatus: 'COMPLETED' as const }, true],
  ['its first data', { hasData: true }, true],
  ['another address', { publicUrl: 'https://other.example' }, false],
])('an integration with %s: whether its status is another one', (_, changed, expected) => {
  expect(isOtherState(status, { ...status, ...changed })).toBe(expected);
});

test.each([
  ['integration.authentication_failed', 'Authentication failed'],
  ['integration.action_failing', 'Action failing'],
  ['integration.sync_failing', 'Syncs failing'],
] as const)('an issue of the type %s is told as %s', (type, title) => {
  const [firstObservedAt, lastObservedAt] = ['2026-06-01T00:00:00.000Z', '2026-06-02T00:00:00.000Z'];
  const about = { id: 'issue', type, action: null, problem: 'why' };
  const open = { ...about, firstObservedAt, lastObservedAt, resolvedAt: null };
  const times = { first_observed_at: firstObservedAt, last_observed_at: lastObservedAt };
  const told = { ...about, title, status: 'OPEN', ...times, resolved_at: null };
  expect(issueStatusChanged(status, 'RAISED', open)).toEqual({
    type: 'issue-status-changed',
    data: {
      change: 'RAISED',
      issue: told,
      integration_id: 'gem:1',
      integration_tool: 'gem',
      integration_category: 'ATS',
      end_user: status.endUser,
      log_url: 'https://unified.example/v1/integrations/gem:1/issues',
    },
  });
  const resolved = { ...open, resolvedAt: lastObservedAt };
  expect(issueItem(resolved)).toEqual({ ...told, status: 'RESOLVED', resolved_at: lastObservedAt });
});

test('departures that are new are told with how many there are, and a hundred of them', () => {
  const [firstSeenAt, lastSeenAt] = ['2026-06-01T00:00:00.000Z', '2026-06-02T00:00:00.000Z'];
  const way = { listing: 'listJobs', kind: 'unknown-field', count: 1, firstSeenAt, lastSeenAt } as const;
  const drift = Array.from({ length: 101 }, (_, place) => Object.assign({ path: `f${place}` }, way));
  const { type, data } = schemaDriftFound(status, { syncId: 'sync', drift });
  expect([type, data]).toEqual([
    'schema-drift-found',
    {
      sync_id: 'sync',
      total: 101,
      findings: expect.any(Array),
      integration_id: 'gem:1',
      integration_tool: 'gem',
      integration_category: 'ATS',
      end_user: status.endUser,
      log_url: 'https://unified.example/v1/integrations/gem:1/schema-drift',
    },
  ]);
  const { findings } = data as { findings: object[] };
  expect(findings).toHaveLength(100);
  expect(findings[0]).toEqual({
    path: 'f0',
    listing: 'listJobs',
    kind: 'unknown-field',
    count: 1,
    first_seen_at: firstSeenAt,
    last_seen_at: lastSeenAt,
  });
});
