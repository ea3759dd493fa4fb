/** The database server cannot be used. The message carries the reason, and never the address with its password. */
export class DatabaseUnreachable extends Error {
  override readonly name = 'DatabaseUnreachable';
  constructor(options: { cause: unknown }) {
    super(`the database of DATABASE_URL cannot be used: ${reasonOf(options.cause)}`, options);
  }
}

function reasonOf(cause: unknown): string {
  if (cause instanceof AggregateError) return reasonOf(cause.errors[0]);
  if (cause instanceof TypeError) return 'it is not an address like postgres://user:password@host:5432/name';
  return cause instanceof Error ? cause.message : 'unknown reason';
}
