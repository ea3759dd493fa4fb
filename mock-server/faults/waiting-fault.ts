import { createHash } from 'node:crypto';
import type { AnyAnswer } from '../../contracts/server/send-answer.ts';
import { matches } from '../requests/matcher.ts';
import type { MetRequest } from '../requests/request.ts';
import type {
  ArmedFault,
  Chance,
  Fault,
  FaultContext,
  FaultEffect,
  FaultKind,
  FaultName,
  Proceed,
} from './fault.ts';
import { faultKinds } from './kinds.ts';

/** A fault that waits for requests, and counts them. */
export class WaitingFault {
  readonly id: string;
  readonly #fault: Fault;
  readonly #chance: Chance;
  readonly #effect: FaultEffect;
  #matched = 0;
  #struck = 0;
  #isDisarmed = false;

  constructor(fault: Fault, { id, world }: Omit<FaultContext, 'chance'>) {
    this.id = id;
    this.#fault = fault;
    this.#chance = createChance(fault.seed ?? `${world.recipe.seed}\n${id}`);
    // Each kind stands under its own name, which no type can say of a name that is not known yet.
    const kind = faultKinds[fault.fault] as FaultKind<FaultName>;
    this.#effect = kind(fault, { id, world, chance: this.#chance });
  }

  /** What it does, in the word that armed it. */
  get kind(): FaultName {
    return this.#fault.fault;
  }

  /** How often it struck so far. */
  get struck(): number {
    return this.#struck;
  }

  get isSpent(): boolean {
    const { times = 1 } = this.#fault;
    return times !== 'always' && this.#struck >= times;
  }

  /**
   * Whether it strikes a request, and counts it. That is decided at once: of two requests at the same time only one can
   * be the last.
   *
   * Of the requests that match, every nth is chosen, and of those each with the probability; the bucket of a rate limit
   * has the last word. Once it is spent, it looks at no request any more.
   */
  takes(request: MetRequest): boolean {
    const { match = {}, every = 1, probability = 1 } = this.#fault;
    if (this.isSpent || this.#isDisarmed || !matches(match, request)) return false;
    if (this.#effect.concerns?.(request) === false) return false;
    this.#matched += 1;
    if (this.#matched % every !== 0) return false;
    if (this.#chance('strike', this.#matched) >= probability) return false;
    if (this.#effect.isDue?.() === false) return false;
    this.#struck += 1;
    return true;
  }

  apply(request: MetRequest, proceed: Proceed): Promise<AnyAnswer> {
    return this.#effect.apply(request, proceed);
  }

  /** From now on it strikes no request, not even one that is under way. */
  disarm(): void {
    this.#isDisarmed = true;
  }

  state(): ArmedFault {
    return {
      id: this.id,
      fault: this.#fault,
      matched: this.#matched,
      struck: this.#struck,
      spent: this.isSpent,
    };
  }
}

/** @param seed any text; the same text gives the same throws */
function createChance(seed: string): Chance {
  return (purpose, nth) => {
    const digest = createHash('sha256')
      .update(JSON.stringify([seed, purpose, nth]))
      .digest();
    return digest.readUInt32BE() / 2 ** 32;
  };
}
