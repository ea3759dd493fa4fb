// Keeps what a right connector and its world answered, so that connectors which only show things wrongly can be tried out
// on it without a server.
import type { Account, Adapter } from '../../contracts/harness/adapter.ts';
import { readGem } from '../../contracts/harness/read-gem.ts';
import type { EmulatedWorld, Emulator } from '../../contracts/harness/emulator.ts';
import type { Cast } from '../../contracts/harness/run-course.ts';

/** All that was answered, by what had been done until then. */
export class Tape {
  readonly #answers = new Map<string, unknown>();
  readonly #values = new Map<string, unknown>();

  /** A cast that works as it does, while the tape runs along. */
  record(cast: Cast): Cast {
    let done = 0;
    return castOf(async (question, ask) => {
      if (isDeed(question)) done += 1;
      const answer = await ask();
      this.#answers.set(keyOf(done, question), this.#kept(answer));
      return answer;
    }, cast);
  }

  /**
   * A cast that answers from the tape; what was not asked at this point, as it was answered before. What a list holds is
   * asked of the connector when it was not asked at all, for what is asked may follow from what was shown.
   */
  replay(cast: Cast): Cast {
    let done = 0;
    return castOf(async (question, ask) => {
      if (isDeed(question)) done += 1;
      for (let point = done; point >= 0; point -= 1) {
        const key = keyOf(point, question);
        // Whoever makes something wrong of an answer makes it of a copy.
        if (this.#answers.has(key)) return this.#answers.get(key);
      }
      if (question[0] === 'list') return ask();
      throw new Error(`the tape has no answer to ${JSON.stringify(question)}`);
    }, cast);
  }

  /** A frozen copy of what came as JSON. Equal values are one, so that comparing what never changed costs nothing. */
  #kept(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    const copy = Array.isArray(value)
      ? value.map((inner) => this.#kept(inner))
      : Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.#kept(inner)]));
    const text = JSON.stringify(copy);
    const known = this.#values.get(text);
    if (known === undefined) this.#values.set(text, Object.freeze(copy));
    return known ?? copy;
  }
}

/** A question with its name before its arguments. */
type Question = readonly [name: string, ...more: unknown[]];

/** After these, other answers may be given to the same questions. */
function isDeed([name]: Question): boolean {
  return name === 'sync' || name === 'edit' || name === 'act';
}

function keyOf(done: number, question: Question): string {
  return JSON.stringify([done, ...question]);
}

/** Puts something between every question and its answer. */
type Between = (question: Question, ask: () => Promise<unknown>) => Promise<unknown>;

function castOf(
  between: Between,
  { gem, applicationSecret, connector, readGem: read = readGem }: Cast,
): Cast {
  /** The answer is what it was at the first time, so it has the type that the question promises. */
  const answer = <Result>(question: Question, ask: () => Promise<Result>) =>
    between(question, ask) as Promise<Result>;
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
    if (!world) throw new Error('a tape opens no world');
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
    choose: (switches) => answer(['choose'], async () => void (await live().choose(switches))),
    mark: () => answer(['mark'], () => live().mark()),
    changes: (since) => answer(['changes', since], () => live().changes(since)),
    requests: { list: (after) => answer(['requests', after], () => live().requests.list(after)) },
    drop: () => answer(['drop'], () => live().drop()),
  };
}
