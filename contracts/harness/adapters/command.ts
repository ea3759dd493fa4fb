import type { Account, Adapter } from '../adapter.ts';
import { startProgram, type ProgramSettings } from './program.ts';

/** An adapter that is another program. */
export interface CommandAdapter extends Adapter {
  /** Rejects with a reason in one line when the program can no longer answer; never resolves. */
  broken: Promise<never>;
  close(): Promise<void>;
}

/**
 * Starts a program in any language, once, and speaks to it in lines of JSON. Each call is one line on its standard input,
 * each answer one line on its standard output:
 *
 * ```
 * {"id":1,"call":"covers"}                                          {"id":1,"result":["jobs.location"]}
 * {"id":2,"call":"sync","account":{…},"type":"FULL"}                {"id":2,"result":null}
 * {"id":3,"call":"list","account":{…},"list":"jobs","query":{}}     {"id":3,"result":[…]}
 * {"id":4,"call":"act","account":{…},"operation":"…","method":"POST","path":"/ats/…","body":{…}}
 *                                                                   {"id":4,"result":{"status":200,"body":{…}}}
 * {"id":5,…}                                                        {"id":5,"error":{"message":"why not"}}
 * ```
 *
 * `covers` comes first: what the connector covers, or null for all of it. What the program writes to standard error is
 * passed on. When its input ends, it has to end.
 *
 * @param command a command line, as a shell takes it
 * @throws Error in one line when the program does not start, or does not answer as said
 */
export async function startCommand(command: string, settings: ProgramSettings = {}): Promise<CommandAdapter> {
  const program = startProgram(command, settings);
  try {
    const covers = await program.ask('covers', {});
    return {
      ...(isWords(covers) ? { covers } : {}),
      ...callsOf(program),
      broken: program.broken,
      close: program.close,
    };
  } catch (error) {
    await program.close();
    throw error;
  }
}

function callsOf({ ask }: Pick<ReturnType<typeof startProgram>, 'ask'>): Adapter {
  return {
    async sync(account: Account, type) {
      return (await ask('sync', { account, type })) === 'partly' ? 'partly' : 'done';
    },
    async list(account, list, query) {
      const items = await ask('list', { account, list, query });
      if (!Array.isArray(items))
        throw new Error(`the command answered "list" with something else than a list`);
      // Items that do not follow the unified description are left to the rules.
      return items;
    },
    async act(account, call) {
      const answer = await ask('act', { account, ...call });
      if (!isAnswer(answer)) throw new Error('the command answered "act" without a status');
      return { status: answer.status, body: answer.body };
    },
  };
}

/** @throws Error when it is neither null nor a list of words */
function isWords(covers: unknown): covers is string[] {
  if (covers === null || covers === undefined) return false;
  if (Array.isArray(covers) && covers.every((word) => typeof word === 'string')) return true;
  throw new Error('the command answered "covers" with neither null nor a list of words');
}

function isAnswer(value: unknown): value is { status: number; body?: unknown } {
  return typeof value === 'object' && value !== null && 'status' in value && typeof value.status === 'number';
}
