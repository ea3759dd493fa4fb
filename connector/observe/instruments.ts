// Every instrument of the connector: what it measures, its labels, and what to do about it. Add yours here, and use it where the
// thing happens: `instruments.syncs.add(1, { type, state })`. A gauge is given its values in `connector/status/gauges.ts`.
import { counter, gauge, histogram } from './instrument.ts';

/** Seconds. */
const shortTimes = [0.005, 0.025, 0.1, 0.5, 1, 2.5, 5, 10, 30];
const longTimes = [1, 5, 15, 60, 300, 900, 3600, 10_800];

const type = 'FULL, DELTA';
const operation = "an operation of Gem's description, as listCandidates, or passthrough";
const model = 'a model, as ats_candidates';

export const instruments = {
  syncs: counter('connector_syncs', {
    description: 'Syncs that have ended.',
    labels: {
      type,
      state: 'SUCCEEDED, PARTIALLY_FAILED, FAILED, AUTHENTICATION_FAILED, CANCELLED, TIMED_OUT',
    },
    advice:
      'When others than SUCCEEDED grow, look up what they say: GET /v1/integrations/{id}/syncs has the problem of each, the log its sync_id.',
  }),
  syncSeconds: histogram('connector_sync_seconds', {
    description: 'How long syncs took in this process, from the first call of Gem to the end.',
    labels: { type },
    bounds: longTimes,
    advice:
      'When it grows, compare calls of Gem and their seconds: either there is more to read, or Gem is slower.',
  }),
  recordsRead: counter('connector_records_read', {
    description: 'Records that syncs read from Gem.',
    labels: { listing: operation },
    advice: 'When it stands still while syncs run, Gem does not answer: look at the calls of Gem by status.',
  }),
  rowsChanged: counter('connector_rows_changed', {
    description: 'Rows that syncs changed, or found to be gone.',
    labels: { model, change: 'changed, gone' },
    advice:
      'When `gone` jumps, look whether the account has lost records at Gem, or its key sees less than before.',
  }),
  recordsRejected: counter('connector_records_rejected', {
    description: 'Records of Gem that syncs could not use and set aside.',
    labels: { listing: operation },
    advice:
      'Look at GET /v1/integrations/{id}/rejected-records for the reason; once it is mended, have them tried again.',
  }),
  schemaDrift: counter('connector_schema_drift', {
    description: "Values with which records that syncs read departed from Gem's description.",
    labels: {
      listing: operation,
      kind: 'missing-needed, other-form, unknown-word, bad-time, unknown-field, unexpected-null',
    },
    advice:
      'When a kind appears that was not there, Gem has changed: GET /v1/integrations/{id}/schema-drift names the fields. The data is served all the same, but for missing-needed.',
  }),
  openIssues: gauge('connector_open_issues', {
    description: 'Issues of integrations that are open.',
    labels: {
      type: 'integration.authentication_failed, integration.action_failing, integration.sync_failing',
    },
    advice:
      'GET /v1/integrations counts them, GET /v1/integrations/{id}/issues says what was observed and since when.',
  }),
  webhooks: gauge('connector_webhooks', {
    description: 'Webhooks by how they fare.',
    labels: { state: 'arriving, failing, switched_off' },
    advice:
      'Mend a receiver that fails; switch one that is off on again with PUT /v1/webhooks/{id}/enabled, then POST /v1/webhooks/{id}/recover sends what it missed.',
  }),
  syncLag: gauge('connector_sync_lag_seconds', {
    description:
      'Seconds since the start of the last sync that brought data, for each integration that is to be synced; for one that never was, since it was connected. Of more than a thousand integrations those that are furthest behind.',
    labels: { integration_id: 'the id of an integration' },
    advice:
      'A delta sync comes every three hours: well above 10800 means that syncs of this integration fail or wait. Look at its syncs, then at the queue.',
  }),
  integrations: gauge('connector_integrations', {
    description: 'Integrations by their state.',
    labels: { state: 'active, never_synced, switched_off, invalid' },
    advice:
      'When `invalid` grows, Gem has refused keys for days: those customers have to connect their account again.',
  }),
  queueDepth: gauge('connector_queue_jobs', {
    description: 'Jobs on the queue.',
    labels: {
      kind: 'schedule, sync, delta-sync, outbox, deliver, finish-creations, clean-up',
      state: 'waiting, active',
    },
    advice: 'When `waiting` grows for `sync` or `delta-sync`, start more workers.',
  }),
  queueAge: gauge('connector_queue_age_seconds', {
    description: 'How long the oldest job of a kind has been waiting.',
    labels: { kind: 'as of connector_queue_jobs' },
    advice: 'More than a minute: no worker runs, or all are busy. Look at connector_workers and start more.',
  }),
  workers: gauge('connector_workers', {
    description: 'Workers that gave a sign of life in the last 30 seconds, over all processes.',
    labels: {},
    advice: 'When it is 0, nothing is synced and no event is sent: start a worker.',
  }),
  gemCalls: counter('connector_gem_calls', {
    description: 'Requests that went to Gem, each attempt counted.',
    labels: { operation, status: 'the HTTP status, or: timeout, unreachable, broken_off' },
    advice:
      '401 and 403: a key is refused. 429: Gem throttles. 5xx, timeout, unreachable: Gem is in trouble; syncs go on by themselves.',
  }),
  gemCallSeconds: histogram('connector_gem_call_seconds', {
    description: 'How long Gem took to answer a request.',
    labels: { operation },
    bounds: shortTimes,
    advice: 'When it grows, Gem is slower than it was; syncs take longer by as much.',
  }),
  gemRetries: counter('connector_gem_retries', {
    description: 'Requests that were sent to Gem once more.',
    labels: { operation, reason: 'the status of the attempt before, or: timeout, unreachable' },
    advice: 'A few are normal. Many of 429: something else uses the same key.',
  }),
  gemFoundDown: counter('connector_gem_found_down', {
    description:
      'How often this process found Gem down for a key, after many failures in a row or when it looked again.',
    labels: {},
    advice:
      'Look at the calls of Gem by status. Gem is asked ever less often while it is down, and nothing has to be done.',
  }),
  gemKeysLeftAlone: gauge('connector_gem_keys_left_alone', {
    description:
      'Keys with which this process does not ask Gem at the moment, but for one call at a time, because it is down.',
    labels: {},
    advice:
      'One or a few: Gem fails for those accounts. As many as there are integrations: Gem is down, or cannot be reached from here.',
  }),
  gemWaitSeconds: histogram('connector_gem_wait_seconds', {
    description: 'How long requests waited before they were sent to Gem.',
    labels: {
      cause:
        'limit: their turn within the limit of the key; throttled: after a 429; retry: after another failure',
    },
    bounds: shortTimes,
    advice:
      'Waiting is what keeps Gem from refusing. When it dominates a sync, the limit of the key is its speed.',
  }),
  deliveries: counter('connector_deliveries', {
    description: 'Attempts to send an event to a webhook.',
    labels: { outcome: 'delivered, failed, given_up' },
    advice:
      'When `given_up` grows, a receiver is down: look at GET /v1/webhooks/deliveries, mend it, and send the events again.',
  }),
  deliverySeconds: histogram('connector_delivery_seconds', {
    description: 'How long receivers of webhooks took to answer.',
    labels: {},
    bounds: shortTimes,
    advice:
      'Near `--delivery-time-limit`, 10 seconds, the receiver is given up for that attempt: it should answer first and work afterwards.',
  }),
  actions: counter('connector_actions', {
    description: 'Actions that callers asked for.',
    labels: {
      action: 'an operation, as createAtsCandidate',
      outcome: 'succeeded, or the code of the problem',
    },
    advice:
      'REMOTE.… is trouble at Gem, PLATFORM.UNKNOWN_ERROR a defect: the log has it under its request_id.',
  }),
  requests: histogram('connector_http_request_seconds', {
    description: 'How long requests to this server took.',
    labels: {
      method: 'GET, POST and so on',
      route: 'a path of the description, as /v1/ats/jobs',
      status: 'the HTTP status',
    },
    bounds: shortTimes,
    advice: 'Lists take milliseconds. Seconds: the database is overloaded, or (for actions) Gem is slow.',
  }),
};
