import type { CompiledQuery, DatabaseConnection, Dialect, Driver, QueryResult } from 'kysely';

/** The checks between the queries and the database. */
export interface Guard {
  /** Throws when the database must not be used now; asked before each query. */
  admit: () => void;
  /** Gives what is thrown in place of an error of the driver. */
  notice: (error: unknown) => unknown;
  /** Is waited for after each use of a connection, before the next in line has it. */
  rest: () => Promise<void>;
}

/** A dialect whose errors are looked at, wherever a query, a transaction or a connection comes upon them. */
export function guardDialect(dialect: Dialect, guard: Guard): Dialect {
  return {
    createAdapter: () => dialect.createAdapter(),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createIntrospector: (database) => dialect.createIntrospector(database),
    createDriver: () => guardDriver(dialect.createDriver(), guard),
  };
}

function guardDriver(driver: Driver, { admit, notice, rest }: Guard): Driver {
  const inner = new WeakMap<DatabaseConnection, DatabaseConnection>();

  function innerOf(connection: DatabaseConnection): DatabaseConnection {
    return inner.get(connection) ?? connection;
  }

  async function noticing<Result>(task: Promise<Result>): Promise<Result> {
    try {
      return await task;
    } catch (error) {
      throw notice(error);
    }
  }

  return {
    init: (options) => noticing(driver.init(options)),
    // Nothing may be thrown here by us: where there is one connection only, the next in line would wait for ever.
    acquireConnection: async (options) => {
      const connection = await noticing(driver.acquireConnection(options));
      const guarded: DatabaseConnection = {
        executeQuery: async <Row>(query: CompiledQuery): Promise<QueryResult<Row>> => {
          admit();
          return noticing(connection.executeQuery<Row>(query));
        },
        streamQuery: (query, chunkSize) => connection.streamQuery(query, chunkSize),
      };
      inner.set(guarded, connection);
      return guarded;
    },
    beginTransaction: (connection, settings) =>
      noticing(driver.beginTransaction(innerOf(connection), settings)),
    commitTransaction: (connection) => noticing(driver.commitTransaction(innerOf(connection))),
    rollbackTransaction: (connection) => noticing(driver.rollbackTransaction(innerOf(connection))),
    releaseConnection: async (connection) => {
      await driver.releaseConnection(innerOf(connection));
      await rest();
    },
    destroy: (options) => driver.destroy(options),
  };
}
