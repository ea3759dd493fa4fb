// Gem's records depart from its description while syncs go on: counted, listed and told, without what they hold.
import { expect, onTestFinished, test } from 'vitest';
import { startTelemetry } from '../../../connector/observe/telemetry.ts';
import type { UnifiedSchemas } from '../../../contracts/unified.ts';
import { candidateRecord, oneOfEach, userRecord } from '../../support/gem-records.ts';
import { operate, operatedSince } from '../../support/operated.ts';
import { readMetrics } from '../status/support/prometheus.ts';
import { expectGenuine, startReceiver } from './support/receiver.ts';
import { secret } from './support/scene.ts';

type Departure = UnifiedSchemas['Departure'];

test('new ways of departing are told once, and counted for each sync and for all', async () => {
  const receiver = await startReceiver();
  const telemetry = await startTelemetry({ env: {}, needsTraces: false, role: 'both', log: () => {} });
  onTestFinished(() => telemetry?.close());
  const lists = {
    ...oneOfEach(),
    listUsers: [
      { ...userRecord('user-1'), nickname: 'Jane Doe', disabled: null },
      { ...userRecord('user-2'), nickname: 'Joe' },
    ],
  };
  const { connector, integrationId, results, call, clock, stub } = await operate(
    { lists },
    { telemetry, webhooks: [{ url: receiver.url, secret, eventTypes: ['schema-drift-found'] }] },
  );
  const path = `/integrations/${integrationId}`;
  const drift = (query = '') => results<Departure>(`${path}/schema-drift${query}`);
  const syncs = () => results<UnifiedSchemas['Sync']>(`${path}/syncs`);
  const first = await connector.sync(integrationId);
  expect(first.state).toBe('SUCCEEDED');
  const times = { first_seen_at: operatedSince, last_seen_at: operatedSince };
  const nickname = { listing: 'listUsers', path: 'nickname', kind: 'unknown-field' };
  const disabled = { listing: 'listUsers', path: 'disabled', kind: 'unexpected-null' };
  const found = [
    { ...nickname, count: 2, ...times },
    { ...disabled, count: 1, ...times },
  ];
  expect(await drift()).toEqual(found);
  await receiver.reached(1);
  expect(receiver.received[0]?.event.data).toMatchObject({
    sync_id: first.syncId,
    total: 2,
    findings: found,
    integration_id: integrationId,
  });

  clock.advance(60_000);
  stub.lists = {
    ...lists,
    listCandidates: [
      candidateRecord('candidate-1', { phone_numbers: [{ type: 'moon' as never, value: '1' }] }),
    ],
  };
  const second = await connector.sync(integrationId);
  await receiver.reached(2);
  const word = { listing: 'listCandidates', path: 'phone_numbers.type', kind: 'unknown-word', count: 1 };
  expect(receiver.received[1]?.event.data).toMatchObject({ total: 1, findings: [word] });
  expect((await drift())[0]).toMatchObject({ ...nickname, count: 4 });
  const ofSecond = await drift(`?sync_id=${second.syncId}`);
  expect(ofSecond).toMatchObject([{ ...nickname, count: 2 }, word, { ...disabled, count: 1 }]);
  expect((await syncs()).map(({ departures }) => departures)).toEqual([4, 3]);

  // What is known by now is no news.
  await connector.sync(integrationId);
  await call('PUT', `${path}/enabled`, { value: false });
  const told = await results<UnifiedSchemas['WebhookDelivery']>('/webhooks/deliveries');
  expect(told.map(({ event_type: type }) => type)).toEqual(['schema-drift-found', 'schema-drift-found']);
  expect(receiver.received).toHaveLength(2);
  for (const received of receiver.received) await expectGenuine(received, secret);
  const { samples } = readMetrics(await (await fetch(`${connector.url}/metrics`)).text());
  const ofDrift = samples.filter(({ name }) => name === 'connector_schema_drift_total');
  expect(ofDrift).toContainEqual(
    expect.objectContaining({ labels: expect.objectContaining({ kind: 'unknown-field' }), value: 6 }),
  );
  const texts = JSON.stringify([receiver.received, await drift(), await syncs(), samples]);
  expect(texts).not.toMatch(/Jane|Joe|moon/);
  expect((await drift('?sync_id=unknown')).length).toBe(0);
});
