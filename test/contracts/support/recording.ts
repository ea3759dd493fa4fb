// Records what a right connector and its world answer. Connectors that only show things wrongly are then tried out on the
// recording, without a server.
import type { Account, Adapter } from '../../../contracts/harness/adapter.ts';
import { readGem } from '../../../contracts/harness/read-gem.ts';
import type { EmulatedWorld, Emulator } from '../../../contracts/harness/target.ts';
import type { RunOptions } from '../../../contracts/harness/run-plan.ts';

/** All answers, by what had been done until then. */
export class Recording {
  readonly #answers = new Map<string, unknown>();
  readonly #values = new Map<string, unknown>();
  readonly #numbers = new Map<unknown, number>();

  /** The same emulator and connector; all that they answer is recorded. */
  record(live: RunOptions): RunOptions {
    let done = 0;
    return interceptRun(async (question, ask) => {
      if (changesState(question)) done += 1;
      const answer = await ask();
      this.#answers.set(keyOf(done, question), this.#freeze(answer));
      return answer;
    }, live);
  }

  /**
   * An emulator and a connector that answer from the recording. A question that was not asked at this point is answered as it
   * was before. A list that was never asked for comes from the live connector: queries may follow from what was shown.
   */
  replay(live: RunOptions): RunOptions {
    let done = 0;
    return interceptRun(async (question, ask) => {
      if (changesState(question)) done += 1;
      for (let point = done; point >= 0; point -= 1) {
        const key = keyOf(point, question);
        // Mutants change a copy of an answer.
        if (this.#answers.has(key)) return this.#answers.get(key);
      }
      if (question[0] === 'list') return ask();
      throw new Error(`the recording has no answer to ${JSON.stringify(question)}`);
    }, live);
  }

  /** A frozen copy of JSON. Equal values are the same object, so that comparing them is cheap. */
  #freeze(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    const copy = Array.isArray(value)
      ? value.map((inner) => this.#freeze(inner))
      : Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.#freeze(inner)]));
    // What is inside has its number by now: nothing is written out more than once.
    const text = Array.isArray(copy)
      ? `[${copy.map((inner) => this.#nameOf(inner)).join()}]`
      : `{${Object.entries(copy)
          .map(([key, inner]) => `${JSON.stringify(key)}:${this.#nameOf(inner)}`)
          .join()}}`;
    const known = this.#values.get(text);
    if (known !== undefined) return known;
    this.#values.set(text, Object.freeze(copy));
    this.#numbers.set(copy, this.#numbers.size);
    return copy;
  }

  #nameOf(value: unknown): string | undefined {
    const number = this.#numbers.get(value);
    return number === undefined ? JSON.stringify(value) : `#${number}`;
  }
}

/** A question with its name before its arguments. */
type Question = readonly [name: string, ...more: unknown[]];

/** After these, the same question may get another answer. */
function changesState([name]: Question): boolean {
  return name === 'sync' || name === 'edit' || name === 'act';
}

function keyOf(done: number, question: Question): string {
  return JSON.stringify([done, ...question]);
}

/** Stands between a question and its answer. */
type Interceptor = (question: Question, ask: () => Promise<unknown>) => Promise<unknown>;

function interceptRun(
  intercept: Interceptor,
  { gem, applicationSecret, connector, readGem: read = readGem }: RunOptions,
): RunOptions {
  /** A recorded answer has the type of the live one. */
  const answer = <Result>(question: Question, ask: () => Promise<Result>) =>
    intercept(question, ask) as Promise<Result>;
  return {
    applicationSecret,
    gem: { openWorld: (options) => openWorld(answer, gem, options) },
    connector: {
      sync: (_account, type) => answer(['sync', type], async () => connector.sync(_account, type)),
      list: (account, list, query) =>
        answer(['list', list, query], () => connector.list(account, list, query)),
      act: (account, call) => answer(['act', call], () => connector.act(account, call)),
    } satisfies Adapter,
    readGem: (account: Account) => answer(['gem'], () => read(account)),
  };
}

async function openWorld(
  answer: <Result>(question: Question, ask: () => Promise<Result>) => Promise<Result>,
  gem: Emulator,
  options: Parameters<Emulator['openWorld']>[0],
): Promise<EmulatedWorld> {
  let world: EmulatedWorld | undefined;
  const live = (): EmulatedWorld => {
    if (!world) throw new Error('a recording opens no world');
    return world;
  };
  const { key, url } = await answer(['open'], async () => {
    world = await gem.openWorld(options);
    return { key: world.key, url: world.url };
  });
  return {
    key,
    url,
    state: () => answer(['state'], () => live().state()),
    labels: () => answer(['labels'], () => live().labels()),
    edit: (...edits) => answer(['edit'], async () => void (await live().edit(...edits))),
    faults: {
      arm: (fault) => answer(['arm', fault], async () => void (await live().faults.arm(fault))),
      list: () => answer(['faults'], () => live().faults.list()),
      clear: () => answer(['clear'], async () => void (await live().faults.clear())),
    },
    clock: {
      read: () => answer(['clock'], () => live().clock.read()),
      set: (instant) => answer(['set clock'], async () => void (await live().clock.set(instant))),
    },
    choose: (switches) => answer(['choose'], async () => void (await live().choose(switches))),
    mark: () => answer(['mark'], () => live().mark()),
    changes: (since) => answer(['changes', since], () => live().changes(since)),
    requests: { list: (after) => answer(['requests', after], () => live().requests.list(after)) },
    drop: () => answer(['drop'], () => live().drop()),
  };
}
