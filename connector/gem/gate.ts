// Where each call of Gem passes, so that all processes together keep to the limit of its key, and leave a Gem alone that is down.
import { isHTTPError } from 'ky';
import {
  close,
  freshKey,
  open,
  permit,
  throttle,
  type Grant,
  type KeyState,
  type RateLimits,
} from './allowance.ts';
import { pause } from './retry.ts';

/** The state of keys, which processes share. A key is told by a name that does not tell the key. */
export interface KeyStates {
  /** Changes the state of a key, one process after the other. */
  change<Result>(
    key: string,
    change: (state: KeyState, now: number) => { state: KeyState; result: Result },
  ): Promise<Result>;
  /** How many permits are worth asking for at once: as many as `most` where asking costs something. */
  slice: number;
}

/** Keeps the states in this process, for a database that no other one has open. */
export function ownStates(now: () => number): KeyStates {
  const states = new Map<string, KeyState>();
  return {
    slice: 1,
    change: async (key, change) => {
      const { state, result } = change(states.get(key) ?? freshKey, now());
      states.set(key, state);
      return result;
    },
  };
}

/** What a caller goes through before and after each call. */
export interface Passage {
  /**
   * Waits until Gem may be asked.
   *
   * @param patience milliseconds that a Gem which is down is waited for
   * @throws LeftAlone when it is down for longer; the reason of the signal
   */
  enter(options: { patience: number; signal: AbortSignal | undefined }): Promise<void>;
  /** Tells what came of the call. */
  leave(operation: string, outcome: Outcome): void;
}

/** Gem has failed so often that it is left alone for a moment: the call was not made. */
export class LeftAlone extends Error {
  override readonly name = 'LeftAlone';
  constructor() {
    super('Gem does not answer, and is not asked again for a moment');
  }
}

/** What came of a call, for the key that it was made with. */
export type Outcome = 'answered' | 'throttled' | 'failed';

/** The passage of whoever needs none. */
export const freePassage: Passage = { enter: async () => {}, leave: () => {} };

/** @returns what an error of an attempt says about Gem; what it refuses, it answers */
export function outcomeOf(error: unknown): Outcome {
  if (!isHTTPError(error)) return 'failed';
  const { status } = error.response;
  if (status === 429) return 'throttled';
  return status === 408 || (status >= 500 && status !== 501) ? 'failed' : 'answered';
}

/** How a gate is made. */
export interface GateOptions {
  states: KeyStates;
  rate: RateLimits;
  /** Told when Gem is found down, each time anew. */
  onDown?: (() => void) | undefined;
  /** Told of what fails in the background, such as the database. */
  onProblem?: ((error: unknown) => void) | undefined;
  /** Milliseconds of a clock that only grows, and how to wait by it. */
  time?: { now: () => number; pause: typeof pause };
}

/** The gate of a process. */
export interface Gate {
  /**
   * @param key names the key without telling it
   * @param isUrgent whether somebody waits for the calls
   */
  passageOf(key: string, isUrgent: boolean): Passage;
  /** How many keys are left alone at the moment, as far as this process knows, because Gem is down. */
  closedKeys(): number;
}

/** Makes the gate of a process. */
export function createGate(options: GateOptions): Gate {
  const keys = new Map<string, KeyGate>();
  const keyOf = (key: string): KeyGate => {
    const known = keys.get(key);
    if (known) return known;
    if (keys.size >= manyKeys) for (const [name, gate] of keys) if (gate.isIdle()) keys.delete(name);
    const made = new KeyGate(key, options);
    keys.set(key, made);
    return made;
  };
  return {
    passageOf: (key, isUrgent) => ({
      enter: (given) => keyOf(key).enter(isUrgent, given),
      leave: (operation, outcome) => keyOf(key).leave(operation, outcome),
    }),
    closedKeys: () => [...keys.values()].filter(({ isClosed }) => isClosed).length,
  };
}

/** Keys that are remembered before idle ones are forgotten. */
const manyKeys = 2000;

/** The permits of one key in this process, and what it has seen of Gem lately. */
class KeyGate {
  isClosed = false;
  readonly #key: string;
  readonly #options: GateOptions;
  readonly #time: NonNullable<GateOptions['time']>;
  /** When each permit may be used, the earliest first. */
  #permits: number[] = [];
  #asking: Promise<Grant> | undefined;
  #waiting = 0;
  #size = 1;
  #used = 0;
  /** Calls that failed in a row, and what they called. */
  #failed = 0;
  #failing = new Set<string>();

  constructor(key: string, options: GateOptions) {
    this.#key = key;
    this.#options = options;
    this.#time = options.time ?? { now: () => performance.now(), pause };
  }

  isIdle(): boolean {
    return this.#waiting === 0 && !this.isClosed;
  }

  async enter(isUrgent: boolean, { signal, patience }: Parameters<Passage['enter']>[0]): Promise<void> {
    const { now, pause: wait } = this.#time;
    const begin = now();
    const longest = isUrgent ? Math.min(patience, urgentPatience) : patience;
    this.#waiting += 1;
    try {
      for (;;) {
        signal?.throwIfAborted();
        const at = this.#takePermit(isUrgent);
        if (at !== undefined) {
          if (at > now()) await wait(at - now(), signal);
          return;
        }
        const grant = isUrgent ? await this.#ask(true) : await this.#askTogether();
        if (grant.count > 0) continue;
        if (grant.isClosed && now() - begin + grant.wait > longest) throw new LeftAlone();
        await wait(grant.wait, signal);
      }
    } finally {
      this.#waiting -= 1;
    }
  }

  leave(operation: string, outcome: Outcome): void {
    const { rate } = this.#options;
    if (outcome === 'throttled') return this.#note((state, now) => throttle(state, now, rate));
    if (outcome === 'answered') {
      this.#failed = 0;
      this.#failing.clear();
      if (!this.isClosed) return;
      this.isClosed = false;
      return this.#note(open);
    }
    this.#failed += 1;
    this.#failing.add(operation);
    // One list that fails is no Gem that is down: others answer.
    const isDown = this.#failed >= (this.#failing.size > 1 ? enough : enoughOfOne);
    if (!isDown && !this.isClosed) return;
    this.isClosed = true;
    this.#options.onDown?.();
    this.#note((state, now) => close(state, now, rate));
  }

  /** An urgent call does not wait for a permit that is of use only later. */
  #takePermit(isUrgent: boolean): number | undefined {
    const now = this.#time.now();
    this.#permits = this.#permits.filter((at) => at > now - lifetime);
    const [first] = this.#permits;
    if (first === undefined || (isUrgent && first > now)) return undefined;
    this.#permits.shift();
    this.#used += 1;
    return first;
  }

  /** All who wait ask together, and the one that they ask for is as much as they used up the last time. */
  async #askTogether(): Promise<Grant> {
    this.#asking ??= this.#ask(false).finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #ask(isUrgent: boolean): Promise<Grant> {
    const { states, rate } = this.#options;
    if (!isUrgent) this.#size = this.#used >= this.#size ? this.#size * 2 : this.#used + 1;
    this.#size = Math.min(states.slice, this.#size);
    const count = isUrgent ? Math.min(states.slice, urgentSlice) : this.#size;
    const asked = this.#time.now();
    const grant = await states.change(this.#key, (before, now) => {
      const { state, grant: result } = permit(before, { now, count, isUrgent }, rate);
      return { state, result };
    });
    if (grant.count > 0) {
      if (!isUrgent) this.#used = 0;
      for (let place = 0; place < grant.count; place += 1) {
        this.#permits.push(Math.max(asked, this.#time.now() + grant.wait + place * grant.step));
      }
      this.#permits.sort((one, other) => one - other);
    }
    this.isClosed = grant.isClosed;
    return grant;
  }

  #note(change: (state: KeyState, now: number) => KeyState): void {
    this.#options.states
      .change(this.#key, (state, now) => ({ state: change(state, now), result: undefined }))
      .catch((error: unknown) => this.#options.onProblem?.(error));
  }
}

/** Milliseconds in which a permit has to be used: one that is used late may come on top of the burst. */
const lifetime = 2000;

/** Milliseconds that somebody who waits for an answer is kept waiting for a Gem that is down. */
const urgentPatience = 2000;

/** Permits that an urgent call takes, for those that follow it. */
const urgentSlice = 3;

/** Calls that fail in a row before Gem is taken to be down: of several operations, and of one alone. */
const [enough, enoughOfOne] = [10, 20];
