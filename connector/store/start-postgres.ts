import { Pool, types } from 'pg';
import { DatabaseUnreachable } from './database-unreachable.ts';

/**
 * Opens a pool of connections to a PostgreSQL server.
 *
 * @throws DatabaseUnreachable
 */
export async function startPostgres(databaseUrl: string): Promise<Pool> {
  const pool = createPool(databaseUrl);
  // A connection that breaks while nobody uses it is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {});
  try {
    (await pool.connect()).release();
  } catch (error) {
    await pool.end();
    throw new DatabaseUnreachable({ cause: error });
  }
  return pool;
}

function createPool(connectionString: string): Pool {
  try {
    // The library would take any text for the name of a database on this machine.
    if (!/^postgres(ql)?:/.test(connectionString)) throw new TypeError('not an address');
    return new Pool({
      connectionString,
      application_name: 'mock-gem',
      max: connections,
      connectionTimeoutMillis: 10_000,
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
