// Connections whose other end is gone without a word: neither an end nor an error comes.
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { startPostgres } from '../../../connector/store/start-postgres.ts';
import { saysUnreachable } from '../../../connector/store/outage.ts';
import { placeOnPostgres } from '../../support/databases.ts';

/** A way to the server that can go silent: what is on the way gets lost, and nobody new comes through. */
async function startWay() {
  const { databaseUrl } = await placeOnPostgres();
  const { searchParams, pathname } = new URL(databaseUrl);
  let isSilent = false;
  const sockets = new Set<Socket>();
  const proxy = createServer((from) => {
    if (isSilent) return from.destroy();
    const to = connect(`${searchParams.get('host')}/.s.PGSQL.5432`);
    for (const [source, target] of [
      [from, to],
      [to, from],
    ] as const) {
      sockets.add(source);
      source.on('data', (chunk) => isSilent || target.write(chunk));
      source.on('error', () => {});
      source.on('close', () => isSilent || target.destroy());
    }
    return undefined;
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    proxy.close();
    for (const socket of sockets) socket.destroy();
  });
  const { port } = proxy.address() as AddressInfo;
  return {
    url: `postgres://postgres@127.0.0.1:${port}${pathname}`,
    goSilent: () => {
      isSilent = true;
    },
    speak: () => {
      isSilent = false;
    },
  };
}

test('a query that takes long is waited for, and one that got lost on the way is given up', async () => {
  const way = await startWay();
  const pool = await startPostgres(way.url, 100);
  const slow = await pool.query<{ answer: number }>('select 1 as answer from pg_sleep(0.8)');
  expect(slow.rows).toEqual([{ answer: 1 }]);

  way.goSilent();
  const error: unknown = await pool.query('select 1').catch((caught: unknown) => caught);
  expect(String(error)).toContain('Connection terminated');
  expect(saysUnreachable(error)).toBe(true);
  way.speak();
  expect((await pool.query('select 2 as answer')).rows).toEqual([{ answer: 2 }]);
  await pool.end();
});
