import { Client } from 'pg';

/**
 * Counts the statements that are sent to PostgreSQL from this process while something is done. The library has no place to
 * watch them, so its one function that sends is stood in for.
 */
export async function countStatements(task: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const { prototype } = Client;
  const send = Reflect.get(prototype, 'query') as (...values: unknown[]) => unknown;
  Reflect.set(prototype, 'query', function query(this: Client, ...values: unknown[]) {
    count += 1;
    return Reflect.apply(send, this, values);
  });
  try {
    await task();
    return count;
  } finally {
    Reflect.set(prototype, 'query', send);
  }
}
