import { Client } from 'pg';
import { toJson } from './storable.ts';
import type { Outages } from './outage.ts';

/** A lock that is held. */
export interface Lock {
  /** Aborted when the lock is lost before it was given back, because the connection that held it broke. */
  lost: AbortSignal;
  release(): Promise<void>;
}

/** Locks by name, each held by at most one of all the processes that share a store. They end with their process. */
export interface Locks {
  /** @returns undefined when it is held already, in this process or in another */
  take(name: string): Promise<Lock | undefined>;
  /** @returns the names that are free */
  free(names: readonly string[]): Promise<string[]>;
  close(): Promise<void>;
}

/** Locks for a store that only one process can have open. */
export function processLocks(): Locks {
  const held = new Map<string, symbol>();
  return {
    take: (name) => {
      if (held.has(name)) return Promise.resolve(undefined);
      const holder = Symbol(name);
      held.set(name, holder);
      return Promise.resolve({
        lost: new AbortController().signal,
        release: () => {
          if (held.get(name) === holder) held.delete(name);
          return Promise.resolve();
        },
      });
    },
    free: (names) => Promise.resolve(names.filter((name) => !held.has(name))),
    close: () => Promise.resolve(),
  };
}

// Advisory locks of a PostgreSQL session. The server gives them back the moment the session ends, so a process that is
// killed holds nothing, and no clock has to tell whether it is still alive.

/**
 * Locks for a store that any number of processes share. They take one connection for each process. A connection that fails
 * in any way is given up, and with it what it held; the next lock is taken over a new one.
 */
export function advisoryLocks(databaseUrl: string, outages: Pick<Outages, 'notice'>): Locks {
  const held = new Map<string, AbortController>();
  let session: Promise<Client> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  /** One after the other: a session answers one question at a time. */
  function query<Row extends object>(text: string, parameter: string): Promise<Row[]> {
    const answer = last.then(() => ask<Row>(text, parameter));
    last = answer.catch(() => {});
    return answer;
  }

  async function ask<Row extends object>(text: string, parameter: string): Promise<Row[]> {
    let client: Client | undefined;
    try {
      client = await connect();
      return (await client.query<Row>(text, [parameter])).rows;
    } catch (error) {
      void client?.end().catch(() => {});
      throw outages.notice(error);
    }
  }

  function connect(): Promise<Client> {
    session ??= openSession(databaseUrl, loseAll).catch((error: unknown) => {
      session = undefined;
      throw error;
    });
    return session;
  }

  function loseAll(): void {
    session = undefined;
    for (const loss of held.values()) loss.abort(new LockLost());
    held.clear();
  }

  async function take(name: string): Promise<Lock | undefined> {
    // The server would let the same session take a lock twice.
    if (held.has(name)) return undefined;
    const loss = new AbortController();
    held.set(name, loss);
    try {
      const [answer] = await query<{ taken: boolean }>(
        'select pg_try_advisory_lock(hashtextextended($1, 0)) as taken',
        name,
      );
      if (!answer?.taken) {
        held.delete(name);
        return undefined;
      }
    } catch (error) {
      held.delete(name);
      throw error;
    }
    return { lost: loss.signal, release: () => release(name, loss) };
  }

  async function release(name: string, loss: AbortController): Promise<void> {
    if (held.get(name) !== loss) return;
    await query('select pg_advisory_unlock(hashtextextended($1, 0))', name);
    held.delete(name);
  }

  async function free(names: readonly string[]): Promise<string[]> {
    const rows = await query<{ name: string }>(
      `select name from json_array_elements_text($1::json) as given (name)
      where not exists (
        select from pg_locks
        where locktype = 'advisory' and objsubid = 1
          and database = (select oid from pg_database where datname = current_database())
          and (classid::bigint << 32) | objid::bigint = hashtextextended(given.name, 0)
      )`,
      toJson(names),
    );
    return rows.map(({ name }) => name);
  }

  return {
    take,
    free,
    close: async () => {
      await last;
      const client = await session?.catch(() => undefined);
      session = undefined;
      await client?.end();
    },
  };
}

/** The connection broke that held the locks, so another process may have them by now. */
export class LockLost extends Error {
  override readonly name = 'LockLost';
  constructor() {
    super('the connection to the database broke, and with it the lock');
  }
}

/** Milliseconds that the server has for an answer: none of these questions takes time. */
const answerTime = 5000;

/** Milliseconds between two looks whether the session is alive. With the answer's time, less than the server gives it. */
const heartbeat = 5000;

async function openSession(databaseUrl: string, onEnd: () => void): Promise<Client> {
  const client = new Client({
    connectionString: databaseUrl,
    application_name: 'mock-gem locks',
    keepAlive: true,
    connectionTimeoutMillis: answerTime,
    query_timeout: answerTime,
  });
  // Without a listener, a connection that breaks would end the process; `end` follows and does what is needed.
  client.on('error', () => {});
  await client.connect();
  // So that the server notices within half a minute that a whole machine is gone. What it gives to another then, this
  // process must have given up before.
  const beat = setInterval(() => {
    client.query('select 1').catch(() => client.end().catch(() => {}));
  }, heartbeat);
  beat.unref();
  client.on('end', () => {
    clearInterval(beat);
    onEnd();
  });
  try {
    await client.query(
      'set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3',
    );
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
  return client;
}
