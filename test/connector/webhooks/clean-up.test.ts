// What is let go of with time: the kind of work `clean-up`, moved by a clock.
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { addSightings } from '../../../connector/store/queries/rows.ts';
import { listSyncs } from '../../../connector/store/queries/syncs.ts';
import { readWorkSettings } from '../../../connector/work/worker.ts';
import { cleanUp } from '../../../connector/work/schedule.ts';
import { databases } from '../../support/databases.ts';
import { candidateRecord, oneOfEach } from '../../support/gem-records.ts';
import { startStubGem } from '../../support/stub-gem.ts';
import { startReceiver } from './support/receiver.ts';
import { useWebhooks } from './support/use-webhooks.ts';

const day = 24 * 3_600_000;
const inShort = { goneRows: 2, deletedIntegrations: 3, syncs: 4, events: 5 };

describe.each(databases)('cleaning up, on $name', (database) => {
  const openScene = useWebhooks(database);

  async function start() {
    const [scene, stub] = [await openScene(), await startStubGem(oneOfEach())];
    stub.tellsTotal = true;
    const integration = await scene.connect(stub);
    const clean = (keep = {}) => {
      const context = { ...scene.context, settings: readWorkSettings({ keep }) };
      return cleanUp.run(context, {}, new AbortController().signal);
    };
    async function candidates() {
      const { rows } = await sql<{ first_name: string | null; is_gone: boolean; is_cleared: boolean }>`
        select first_name, remote_deleted_at is not null as is_gone, is_cleared
        from ats_candidates where integration_id = ${integration.id}
      `.execute(scene.store.database);
      return rows;
    }
    async function count(table: string) {
      const { rows } = await sql<{ count: number }>`
        select count(*)::integer as count from ${sql.table(table)}
      `.execute(scene.store.database);
      return rows[0]?.count;
    }
    return { ...scene, stub, integration, clean, candidates, count };
  }

  test('forgets what was kept ready of a list that nobody reads any more', async () => {
    const { integration, store, clean, count } = await start();
    const list = sql`select ${integration.id}, 'ats_candidates'`;
    await sql`insert into ready_items (integration_id, model, id, shape, json) ${list}, 'a', 'b', '{}'`.execute(
      store.database,
    );
    const note = (times: number) =>
      sql`insert into unshown_changes (integration_id, model, since) ${list}, now() from generate_series(1, ${times}::integer)`.execute(
        store.database,
      );
    await note(10_000);
    await clean();
    expect([await count('ready_items'), await count('unshown_changes')]).toEqual([1, 10_000]);
    await note(1);
    await clean();
    expect([await count('ready_items'), await count('unshown_changes')]).toEqual([0, 0]);
  });

  test('clears the values of rows that have been gone for fourteen days, and a sync brings them back', async () => {
    const { integration, sync, clock, stub, clean, candidates, logged } = await start();
    await sync(integration);
    const [kept] = await candidates();
    const lists = { ...stub.lists };
    stub.lists.listCandidates = [];
    clock.advance(1000);
    await sync(integration);
    clock.advance(14 * day);
    await clean();
    expect(await candidates()).toEqual([{ first_name: kept?.first_name, is_gone: true, is_cleared: false }]);
    clock.advance(1);
    await clean();
    expect(await candidates()).toEqual([{ first_name: null, is_gone: true, is_cleared: true }]);
    expect(logged.some((line) => line.startsWith('cleared '))).toBe(true);

    stub.lists = lists;
    await sync(integration);
    expect(kept?.first_name).toBe(candidateRecord('any').first_name);
    expect(await candidates()).toEqual([kept]);
  });

  test('keeps each thing for as long as it is told', async () => {
    const { integration, sync, clock, stub, clean, candidates, change, count } = await start();
    await sync(integration);
    stub.lists.listCandidates = [];
    await sync(integration);
    clock.advance(inShort.goneRows * day + 1);
    await clean(inShort);
    expect(await candidates()).toMatchObject([{ is_cleared: true }]);

    const before = (await count('integrations')) ?? 0;
    await change(integration, 'deleted');
    clock.advance(inShort.deletedIntegrations * day);
    await clean(inShort);
    expect(await count('integrations')).toBe(before);
    clock.advance(1);
    await clean(inShort);
    expect(await count('integrations')).toBe(before - 1);
    expect(await candidates()).toEqual([]);
  });

  test('removes old syncs but the latest of each type, and what ended ones left', async () => {
    const { integration, sync, clock, clean, store, count } = await start();
    const ids: string[] = [];
    for (const type of ['FULL', 'DELTA', 'FULL', 'DELTA'] as const) {
      ids.push((await sync(integration, type)).syncId);
      clock.advance(1000);
    }
    const latest = () => listSyncs(store.database, { integrationId: integration.id, limit: 9 });
    await addSightings(store.database, { syncId: ids[3] ?? '', model: 'ats_jobs', ids: ['left'] });
    clock.advance(30 * day - 3000);
    await clean();
    expect((await latest()).map(({ id }) => id)).toEqual(ids.slice(1).toReversed());
    expect(await count('sync_sightings')).toBe(0);
    clock.advance(90 * day);
    await clean();
    expect((await latest()).map(({ id }) => id)).toEqual(ids.slice(2).toReversed());
  });

  test('removes old events that have arrived, and none that has not', async () => {
    const { integration, clock, clean, subscribe, change, work, deliveries } = await start();
    const receiver = await startReceiver();
    await subscribe(receiver.url);
    await change(integration, 'switched-off');
    await work();
    receiver.reply = (response) => response.writeHead(500).end();
    await change(integration, 'switched-on');
    await work();
    expect(await deliveries()).toMatchObject([{ state: 'DELIVERED' }, { state: 'PENDING' }]);
    clock.advance(inShort.events * day);
    await clean(inShort);
    expect(await deliveries()).toHaveLength(2);
    clock.advance(1);
    await clean(inShort);
    expect(await deliveries()).toMatchObject([{ state: 'PENDING', tries: [{ status: 500 }] }]);
  });
});
