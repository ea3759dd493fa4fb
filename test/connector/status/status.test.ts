// What watches over a connector asks, and what it is told.
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { instruments } from '../../../connector/observe/instruments.ts';
import { startTelemetry, type Telemetry } from '../../../connector/observe/telemetry.ts';
import { startConnector, type Connector } from '../../../connector/server.ts';
import { openStore, type Store } from '../../../connector/store/open-store.ts';
import { placeOnPostgres, type PostgresPlace } from '../../support/databases.ts';
import { readMetrics } from './support/prometheus.ts';

let telemetry: Telemetry | undefined;
let place: PostgresPlace;
let store: Store;
let connector: Connector;

beforeAll(async () => {
  place = await placeOnPostgres();
  telemetry = await startTelemetry({ env: {}, needsTraces: false, role: 'both', log: () => {} });
  connector = await startConnector({ port: 0, isWorker: true, telemetry, ...place });
  store = await openStore(place);
});
afterAll(async () => {
  await store.close();
  await connector.close();
  await telemetry?.close();
});

const ask = async (path: string) => {
  const response = await fetch(`${connector.url}${path}`);
  const type = response.headers.get('Content-Type');
  return { status: response.status, type, text: await response.text() };
};
const readiness = async () => {
  const { status, text } = await ask('/health/ready');
  return { httpStatus: status, ...(JSON.parse(text) as object) };
};
const metrics = async () => readMetrics((await ask('/metrics')).text);

test('a connector that works is alive and ready, in all its parts', async () => {
  for (const path of ['/health', '/health/live']) {
    expect(await ask(path)).toMatchObject({ status: 200, text: '{"status":"ok"}' });
  }
  expect(await readiness()).toEqual({
    httpStatus: 200,
    status: 'ready',
    parts: {
      database: { status: 'ok' },
      migrations: { status: 'ok' },
      queue: { status: 'ok' },
      worker: { status: 'ok' },
    },
  });
});

test('a part that fails is named: tables that are older than the program, a queue that was taken away', async () => {
  const { database } = store;
  await sql`update kysely_migration set name = '0012-other' where name = '0012-key-check'`.execute(database);
  await sql`alter table pgboss.queue rename to queue_of_another`.execute(database);
  const found = await readiness();
  await sql`alter table pgboss.queue_of_another rename to queue`.execute(database);
  await sql`update kysely_migration set name = '0012-key-check' where name = '0012-other'`.execute(database);
  expect(found).toMatchObject({
    httpStatus: 503,
    status: 'not_ready',
    parts: {
      database: { status: 'ok' },
      migrations: { status: 'failing', problem: expect.stringContaining('0012-key-check') },
      queue: { status: 'failing', problem: 'the tables of the queue are gone' },
    },
  });
  expect(await readiness()).toMatchObject({ httpStatus: 200 });
});

test('the page for Prometheus is one that Prometheus reads, each metric with its help and type', async () => {
  const { type } = await ask('/metrics');
  expect(type).toBe('text/plain; version=0.0.4; charset=utf-8');
  const { samples, types, helps, value } = await metrics();
  for (const { name } of samples) {
    const family = name.replace(/_(?:bucket|sum|count)$/, '');
    const known = types.has(name) ? name : family;
    expect([types.get(known), helps.get(known)], name).toEqual([
      expect.stringMatching(/^(?:counter|gauge|histogram)$/),
      expect.stringMatching(/\w/),
    ]);
  }
  expect(value('connector_workers')).toBe(1);
  expect(value('connector_queue_jobs', { kind: 'sync', state: 'waiting' })).toBe(0);
  expect(value('connector_http_request_seconds_count', { route: '/health/ready', status: '503' })).toBe(1);
});

test('issues that are open and webhooks that fail are counted, and what is well is told as 0', async () => {
  const { environmentId } = connector;
  await sql`
    insert into webhooks (id, environment_id, url, secret, event_types, is_setting, created_at, switched_off_at)
    values ('off', ${environmentId}, 'https://off.example/', '', '[]', false, now(), now())
  `.execute(store.database);
  const counted = async (state: string) => (await metrics()).value('connector_webhooks', { state });
  await expect.poll(() => counted('switched_off'), { timeout: 10_000, interval: 100 }).toBe(1);
  expect([await counted('failing'), await counted('arriving')]).toEqual([0, 0]);
  const { value } = await metrics();
  expect(value('connector_open_issues', { type: 'integration.sync_failing' })).toBe(0);

  // Who comes after a while is told what is, and not what there was when somebody came last.
  await sql`delete from webhooks where id = 'off'`.execute(store.database);
  const now = performance.now.bind(performance);
  const later = vi.spyOn(performance, 'now').mockImplementation(() => now() + 60_000);
  onTestFinished(() => later.mockRestore());
  expect(await counted('switched_off')).toBe(0);
});

test('every instrument is named as Prometheus wants it, and says what it is, what its labels are and what to do', () => {
  const all = Object.values(instruments);
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  for (const { name, kind, description, labels, advice } of all) {
    expect(name).toMatch(endings[kind]);
    for (const text of [description, advice, ...Object.values(labels)]) expect(text).toMatch(/\w.*\w/);
    expect(Object.keys(labels).join(' ')).not.toMatch(/candidate|user|application|name|email/);
  }
});

const endings = {
  counter: /^connector_[a-z_]+_total$/,
  histogram: /^connector_[a-z_]+_seconds$/,
  gauge: /^connector_[a-z_]+(?<!_total)$/,
};
