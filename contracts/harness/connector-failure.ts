// A call to the connector may fail or never end. Both become a `ConnectorFailed`.
import { join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Adapter } from './adapter.ts';
import type { Plan } from './merge-cases.ts';

/** The connector failed at a task. The message holds its own message, in one line. */
export class ConnectorFailed extends Error {
  override name = 'ConnectorFailed';
  /** The task, such as `a FULL sync`. */
  readonly task: string;
  /** The world in which it failed. */
  plan?: Plan;

  constructor(task: string, cause: unknown) {
    super(`${task} failed: ${cause instanceof Error ? cause.message : describeValue(cause)}`, { cause });
    this.task = task;
  }

  /** Where in the connector it went wrong: the lines of the stack that lie outside of this project, if there are any. */
  get trace(): string | undefined {
    const { cause } = this;
    const lines = cause instanceof Error ? (cause.stack ?? '').split('\n') : [];
    const own = lines.filter((line) => /^\s+at /.test(line) && !isOurs(line));
    return own.length === 0 ? undefined : own.map((line) => `    ${line.trim()}`).join('\n');
  }
}

/** Any value that was thrown or returned, in one line. */
export function describeValue(thrown: unknown): string {
  if (typeof thrown === 'string') return thrown;
  return JSON.stringify(thrown) ?? 'nothing';
}

/** Whether a line of a stack lies in this project, or in Node. */
function isOurs(line: string): boolean {
  return /\(?(node:|<anonymous>)/.test(line) || ownFolders.some((folder) => line.includes(folder));
}

/** Folders of the harness and its command: their lines in a stack say nothing about the connector. */
const ownFolders = [import.meta.dirname, join(import.meta.dirname, '../../mock-server')].flatMap((folder) => [
  `${folder}${sep}`,
  // Modules are named by their addresses, which have other slashes on Windows, and no blanks anywhere.
  `${pathToFileURL(folder).href}/`,
]);

/** Does something with the connector. @throws ConnectorFailed when that fails */
export async function attempt<Result>(task: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw new ConnectorFailed(task, error);
  }
}

/**
 * The same connector, which fails when a call takes too long: a sync may never end. What it waited because the connector
 * throttles its callers does not count.
 */
export function withCallLimit(connector: Adapter, milliseconds: number): Adapter {
  const waited = () => connector.waited?.() ?? 0;
  const within = async <Result>(work: Promise<Result>): Promise<Result> => {
    let timer: NodeJS.Timeout | undefined;
    let counted = waited();
    const late = new Promise<never>((_resolve, reject) => {
      const text = `it had no end within ${milliseconds / 1000} ${milliseconds === 1000 ? 'second' : 'seconds'}`;
      const look = () => {
        const more = waited() - counted;
        counted += more;
        if (more > 0) timer = setTimeout(look, more);
        else reject(new Error(text));
      };
      timer = setTimeout(look, milliseconds);
    });
    return Promise.race([work, late]).finally(() => clearTimeout(timer));
  };
  return {
    covers: connector.covers,
    accountsAtOnce: connector.accountsAtOnce,
    // `async` turns what is thrown at once into a rejection.
    sync: async (account, type) => within(connector.sync(account, type)),
    list: async (account, name, query) => within(connector.list(account, name, query)),
    act: async (account, call) => within(connector.act(account, call)),
  };
}
