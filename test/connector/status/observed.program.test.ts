// A connector that is watched in every way at once: logs, metrics, traces. None of them tells a secret, or who the people are.
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { startMockGem } from '../../../mock-server/server.ts';
import { placeOnPostgres } from '../../support/databases.ts';
import { root, run } from '../../support/process.ts';
import { startCollector } from './support/collector.ts';
import { readMetrics } from './support/prometheus.ts';
import { startReceiver } from '../webhooks/support/receiver.ts';

const secrets = {
  GEM_API_KEY: 'PlantedGemKeyPlantedGemKeyPlantedGemKey1',
  GEM_APPLICATION_SECRET: 'planted-application-secret',
  CONNECTOR_API_KEY: 'mgc_planted-connector-key',
  CONNECTOR_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
  CONNECTOR_WEBHOOK_SECRET: 'planted-webhook-secret',
};
const password = 'planted-database-password';
const collectorKey = 'planted-collector-key';

const logUrl = 'https://logs.example/{trace_id}?of={request_id}';

const caller = { trace: '0af7651916cd43dd8448eb211c80319c', span: 'b7ad6b7169203331' };
const traceparent = `00-${caller.trace}-${caller.span}-01`;

test(
  'one trace leads from the call to Gem, another through a sync; no secret and no person is in any of it',
  { timeout: 180_000 },
  async () => {
    const [collector, receiver] = [await startCollector(), await startReceiver()];
    const gem = await startMockGem({ port: 0, applicationSecret: secrets.GEM_APPLICATION_SECRET });
    const { databaseUrl } = await placeOnPostgres();
    const connector = run(
      'node',
      [
        `${root}/connector/main.ts`,
        ...`--json --port 0 --status-port 0 --gem-url ${gem.url} --gem-rate 0`.split(' '),
        ...'--allow-private-addresses --check-every 1'.split(' '),
        ...`--log json --log-level debug --log-url ${logUrl}`.split(' '),
      ],
      {
        env: {
          ...secrets,
          DATABASE_URL: databaseUrl.replace('postgres@', `postgres:${password}@`),
          CONNECTOR_WEBHOOK_URL: receiver.url,
          OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
          OTEL_EXPORTER_OTLP_HEADERS: `x-collector-key=${collectorKey}`,
        },
      },
    );
    const has = (event: string) => (line: string) => line.includes(`"event":"${event}"`);
    const { statusUrl } = JSON.parse(await connector.line(has('listening'))) as Record<string, string>;
    const ready = JSON.parse(await connector.line(has('ready'))) as Record<string, string>;
    const call = async (path: string, init: RequestInit = {}) => {
      const response = await fetch(`${ready['apiUrl']}${path}`, {
        ...init,
        headers: {
          Authorization: `Bearer ${secrets.CONNECTOR_API_KEY}`,
          'X-Integration-Id': ready['integrationId'] ?? '',
          'Content-Type': 'application/json',
          'X-Request-Id': 'request-of-the-test',
          traceparent,
        },
      });
      return { headers: response.headers, body: (await response.json()) as Answer };
    };

    const candidates = (await call('/ats/candidates?page_size=250')).body.data?.results ?? [];
    const [job] = (await call('/ats/jobs?statuses=OPEN')).body.data?.results ?? [];
    const created = await call('/ats/candidates', {
      method: 'POST',
      body: JSON.stringify({
        candidate: { first_name: 'Planted', last_name: 'Person', email_address: 'planted@person.example' },
        application: { job_id: job?.id },
      }),
    });
    expect(created.body).toMatchObject({ status: 'success' });
    const refused = await call('/ats/candidates?page_size=0');
    expect(refused.body.error?.log_url).toBe(`https://logs.example/${caller.trace}?of=request-of-the-test`);
    expect(refused.headers.get('X-Request-Id')).toBe('request-of-the-test');

    const asked = await call('/force-sync', { method: 'POST', body: '{"type":"DELTA"}' });
    const ended = ({ event }: (typeof receiver.received)[number]) =>
      event.type === 'sync-finished' && event.data['sync_id'] === asked.body.data?.sync_id;
    await expect.poll(() => receiver.received.some(ended), { timeout: 30_000 }).toBe(true);

    const page = await (await fetch(`${statusUrl}/metrics`)).text();
    const { value } = readMetrics(page);
    expect(value('connector_syncs_total', { type: 'FULL', state: 'SUCCEEDED' })).toBe(1);
    expect(value('connector_records_read_total', { listing: 'listCandidates' })).toBeGreaterThan(5);
    expect(value('connector_rows_changed_total', { model: 'ats_candidates' })).toBeGreaterThan(5);
    expect(value('connector_gem_calls_total', { operation: 'createCandidate', status: '201' })).toBe(1);
    expect(value('connector_actions_total', { action: 'createAtsCandidate', outcome: 'succeeded' })).toBe(1);
    expect(
      value('connector_http_request_seconds_count', { route: '/v1/ats/candidates', status: '400' }),
    ).toBe(1);

    connector.child.kill('SIGTERM');
    const { stdout, stderr, code } = await connector.ended;
    expect(code).toBe(0);
    await gem.close();

    const spans = collector.spans();
    const ofCaller = spans.filter(({ traceId }) => traceId === caller.trace);
    const creation = ofCaller.find(({ name }) => name === 'POST /v1/ats/candidates');
    expect(creation).toMatchObject({ kind: 2, parentSpanId: caller.span });
    expect(ofCaller.find(({ name }) => name === 'Gem createCandidate')).toMatchObject({
      kind: 3,
      parentSpanId: creation?.spanId,
    });
    const sync = spans.find(({ name }) => name === 'sync');
    expect(sync?.attributes).toMatchObject({
      'sync.state': 'SUCCEEDED',
      integration_id: ready['integrationId'],
    });
    const ofSync = spans.filter(({ parentSpanId }) => parentSpanId === sync?.spanId).map(({ name }) => name);
    expect(ofSync).toEqual(expect.arrayContaining(['Gem listCandidates', 'Gem listJobs', 'write page']));
    const written = spans.filter(({ name }) => name === 'write page').map(({ attributes }) => attributes);
    expect(written).toContainEqual(
      expect.objectContaining({ 'gem.operation': 'listJobs', page: 1, records: expect.any(Number) }),
    );
    // A worker goes on with the trace of the call that asked for it, and whoever is told of it can do so too.
    const forced = ofCaller.find(({ name }) => name === 'POST /v1/force-sync');
    const delta = ofCaller.find(({ name }) => name === 'sync');
    expect(delta).toMatchObject({ kind: 5, parentSpanId: forced?.spanId });
    expect(delta?.attributes).toMatchObject({ 'sync.type': 'DELTA', 'sync.state': 'SUCCEEDED' });
    const telling = ofCaller.filter(({ name }) => name === 'deliver event');
    const [, toldTrace, toldSpan] = String(receiver.received.find(ended)?.headers['traceparent']).split('-');
    expect(telling.find(({ spanId }) => spanId === toldSpan)).toMatchObject({
      kind: 3,
      parentSpanId: delta?.spanId,
      traceId: toldTrace,
    });
    expect(collector.metricNames()).toEqual(
      expect.arrayContaining(['connector_syncs', 'connector_gem_calls']),
    );
    expect(collector.headers.join()).toContain(collectorKey);

    const lines = stderr
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toContainEqual(
      expect.objectContaining({
        message: 'POST /v1/ats/candidates 200',
        level: 'debug',
        request_id: 'request-of-the-test',
        integration_id: ready['integrationId'],
        trace_id: caller.trace,
      }),
    );
    expect(lines).toContainEqual(
      expect.objectContaining({ message: 'a sync has ended', level: 'info', sync_id: expect.any(String) }),
    );

    const told = { stdout, stderr, page, otlp: collector.bodies.join('\n') };
    for (const [where, text] of Object.entries(told)) {
      for (const secret of [...Object.values(secrets), password, collectorKey]) {
        expect(text.includes(secret), `${secret} in ${where}`).toBe(false);
      }
    }
    const people = candidates.flatMap(({ remote_id: id, last_name: name }) => [id, name]);
    for (const text of [stderr, page, told.otlp]) {
      for (const word of [...people, 'Planted', 'planted@person'])
        expect(text.includes(`${word}`), word).toBe(false);
    }
  },
);

interface Answer {
  status: string;
  data?: { sync_id?: string; results?: { id: string; remote_id: string; last_name: string }[] };
  error?: { log_url: string | null };
}
