import { describe, expect, test } from 'vitest';
import { setIntegrationEnabled } from '../../../connector/store/queries/integration-state.ts';
import { NotSynced, requestSync } from '../../../connector/work/request-sync.ts';
import { databases } from '../../support/databases.ts';
import { oneOfEach } from '../../support/gem-records.ts';
import { startStubGem } from '../../support/stub-gem.ts';
import { useWork } from './support/use-work.ts';

describe.each(databases)('asking for a sync, on $name', (database) => {
  const { store, connect } = useWork(database);

  test('gives its id at once, and says so when it waits already, however many ask', async () => {
    const { context, integration, sent, syncs } = await connect(await startStubGem());
    const asked = await Promise.all(
      Array.from({ length: 20 }, () => requestSync(context, integration.id, 'FULL')),
    );
    const first = asked.find(({ already_queued }) => !already_queued);
    expect(first?.sync_id).toMatch(/^[1-9A-HJ-NP-Za-km-z]{24}$/);
    expect(asked.filter(({ already_queued }) => already_queued)).toHaveLength(19);
    expect(new Set(asked.map(({ sync_id }) => sync_id))).toEqual(new Set([first?.sync_id]));
    expect(await syncs()).toMatchObject([{ id: first?.sync_id, type: 'FULL', state: 'QUEUED' }]);
    expect(sent[0]).toEqual({
      kind: 'sync',
      data: { integrationId: integration.id },
      key: integration.id,
    });
  });

  test('gives a full sync in place of a delta while there is nothing to add to', async () => {
    const { context, integration } = await connect(await startStubGem());
    expect(await requestSync(context, integration.id, 'DELTA')).toMatchObject({
      already_queued: false,
      type: 'FULL',
    });
  });

  test('gives the full sync that waits in place of a delta, but not the other way round', async () => {
    const { context, integration, work, clock } = await connect(await startStubGem(oneOfEach()));
    await requestSync(context, integration.id, 'FULL');
    await work();
    clock.advance(1000);
    const delta = await requestSync(context, integration.id, 'DELTA');
    expect(delta).toMatchObject({ already_queued: false, type: 'DELTA' });
    const full = await requestSync(context, integration.id, 'FULL');
    expect(full).toMatchObject({ already_queued: false, type: 'FULL' });
    expect(full.sync_id).not.toBe(delta.sync_id);
    expect(await requestSync(context, integration.id, 'DELTA')).toEqual({ ...full, already_queued: true });
  });

  test('is refused when the integration is switched off or unknown', async () => {
    const { context, integration } = await connect(await startStubGem());
    const at = '2026-06-01T00:00:00.000Z';
    await setIntegrationEnabled(store().database, { id: integration.id, isEnabled: false, at });
    await expect(requestSync(context, integration.id, 'FULL')).rejects.toEqual(new NotSynced('INACTIVE'));
    await expect(requestSync(context, 'gem:unknown', 'FULL')).rejects.toEqual(new NotSynced('UNKNOWN'));
  });
});
