/**
 * The database cannot be used at the moment: it is away, starting, full, or takes no more connections. What was asked of it
 * may be asked again. The message carries the reason in its own words, and never the address with its password.
 */
export class DatabaseUnreachable extends Error {
  override readonly name = 'DatabaseUnreachable';
  /** The reason alone. */
  readonly reason: string;
  /** Whether it is there, but has no room to write. */
  readonly isFull: boolean;
  constructor({ cause, database = 'the database of DATABASE_URL' }: { cause: unknown; database?: string }) {
    const reason = reasonOf(cause);
    super(`${database} cannot be used: ${reason}`, { cause });
    this.reason = reason;
    this.isFull = fullCodes.test(codeOf(cause));
  }
}

/** Whether an error of a driver says that the database cannot be used, and not that a query was wrong. */
export function saysUnreachable(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  if (error instanceof AggregateError) return error.errors.some(saysUnreachable);
  // No server listens, or the file of the socket is not there.
  if ('syscall' in error && error.syscall === 'connect') return true;
  return unreachableCodes.test(codeOf(error)) || unreachableMessages.test(messageOf(error));
}

/**
 * PostgreSQL's: no connection (08), one too many, a full disk or memory, shutting down, starting up, a server that became
 * read-only while another one took its place. The system's: no network, no server, a full disk.
 */
const unreachableCodes =
  /^(?:08...|53[123]00|57P0[1235]|58030|25006|E(?:CONN\w+|PIPE|TIMEDOUT|HOSTUNREACH|HOSTDOWN|NET\w+|NOTFOUND|AI_AGAIN|NOSPC|DQUOT))$/;

const fullCodes = /^(?:53100|ENOSPC|EDQUOT)$/;

/** The driver has no codes of its own. */
const unreachableMessages =
  /^(?:LISTEN\/NOTIFY|Connection terminated|Connection lost|Client (?:has encountered a connection error|was closed)|Query read timeout|timeout e)/;

function reasonOf(cause: unknown): string {
  if (cause instanceof AggregateError) return reasonOf(cause.errors[0]);
  if (cause instanceof TypeError) return 'it is not an address like postgres://user:password@host:5432/name';
  return messageOf(cause) || 'unknown reason';
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return String(error.code);
}

/** The queue has error objects of its own. */
function messageOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('message' in error)) return '';
  return String(error.message);
}
