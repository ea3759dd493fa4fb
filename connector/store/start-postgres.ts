import { Client, Pool, types, type ClientBase } from 'pg';
import { DatabaseUnreachable } from './outage.ts';

/**
 * Opens a pool of connections to a PostgreSQL server. No query waits for ever on one whose other end is gone.
 *
 * @param patience milliseconds after which the server is asked about a connection that is still in use
 * @throws DatabaseUnreachable
 */
export async function startPostgres(databaseUrl: string, patience = defaultPatience): Promise<Pool> {
  const pool = createPool(databaseUrl);
  // A connection that breaks is replaced. Unheard, its error would end the process: the pool listens only while no query uses
  // it, so each connection has a listener of its own.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  endDeadConnections(pool, patience);
  try {
    await probePool(pool);
  } catch (error) {
    await pool.end();
    throw new DatabaseUnreachable({ cause: error });
  }
  return pool;
}

/** Asks the server for a sign of life. */
export async function probePool(pool: Pool): Promise<void> {
  await pool.query('select 1');
}

/** Milliseconds. */
const defaultPatience = 20_000;

/** Milliseconds that the server has for what takes no time. */
const answerTime = 10_000;

/**
 * Ends connections that are in use and for which the server, asked over another one, is not at work and has not been since
 * the last time: what they wait for got lost on the way. A long query is none that is lost.
 */
function endDeadConnections(pool: Pool, patience: number): void {
  const watches = new Map<ClientBase, NodeJS.Timeout>();
  pool.on('acquire', (client) => {
    let before: string | undefined;
    const watch = setInterval(async () => {
      const now = await askAbout(client, pool);
      if (now === 'at work' || watches.get(client) !== watch) return;
      if (now === before || now === 'gone') void end(client);
      before = now;
    }, patience);
    watch.unref();
    watches.set(client, watch);
  });
  pool.on('release', (_error, client) => {
    clearInterval(watches.get(client));
    watches.delete(client);
  });
}

async function end(client: ClientBase): Promise<void> {
  if (client instanceof Client) await client.end().catch(() => {});
}

/** @returns `gone` when the server does not answer or knows no such session; otherwise since when it has had nothing to do */
async function askAbout(client: ClientBase, { options }: Pool): Promise<string> {
  const other = new Client({ ...options, query_timeout: answerTime });
  other.on('error', () => {});
  try {
    await other.connect();
    const { rows } = await other.query<{ state: string }>(
      `select case when state = 'active' then 'at work' else state_change::text end as state
      from pg_stat_activity where pid = $1`,
      [sessions.get(client)],
    );
    return rows[0]?.state ?? 'gone';
  } catch (error) {
    // A server that refuses another connection is there.
    return error instanceof Error && 'code' in error && /^\d\w{4}$/.test(String(error.code))
      ? 'at work'
      : 'gone';
  } finally {
    void other.end().catch(() => {});
  }
}

/** The number of each connection's session at the server. */
const sessions = new WeakMap<object, number>();

function createPool(connectionString: string): Pool {
  try {
    // The library would take any text for the name of a database on this machine.
    if (!/^postgres(ql)?:/.test(connectionString)) throw new TypeError('not an address');
    return new Pool({
      connectionString,
      application_name: 'mock-gem',
      max: connections,
      connectionTimeoutMillis: answerTime,
      // A process that hangs in the middle of a transaction must not keep lists waiting for ever.
      idle_in_transaction_session_timeout: 60_000,
      keepAlive: true,
      keepAliveInitialDelayMillis: answerTime,
      onConnect: async (client) => {
        // Times in texts and JSON read alike everywhere.
        await client.query(`set time zone 'UTC'`);
        const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
        if (rows[0]) sessions.set(client, rows[0].pid);
      },
      types: {
        getTypeParser: (oid, format) => (oid === int8 ? readInteger : types.getTypeParser(oid, format)),
      },
    });
  } catch (error) {
    throw new DatabaseUnreachable({ cause: error });
  }
}

/** Many processes share a server that by default takes a hundred connections. */
const connections = 8;

/** The type of a bigint. Read as PGlite does: a number where that is exact. */
const int8 = 20;

function readInteger(text: string): number | bigint {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}
