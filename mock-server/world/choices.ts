import type { Forms } from '../../contracts/guesses.ts';
import { defaultSwitches, switchDescriptions, type Switches } from './switches.ts';
import { formsOf, settleSwitches } from './variation.ts';

/** The choices of one world: those that were set, and those that follow from its variation. */
export class Choices {
  #set: Partial<Switches> = {};
  #forms!: Forms;
  #all!: Switches;
  #noted!: Switches;
  #note: (name: string) => void = () => {};

  /** @throws Error in one line when a variation names what no guess is */
  constructor(set: Partial<Switches>) {
    this.choose(set);
  }

  /** The choices that were set, without those that follow from the variation. */
  get set(): Partial<Switches> {
    return this.#set;
  }

  /** The forms that guesses take here, other than usual; none in a world that does not vary. */
  get forms(): Forms {
    return this.#forms;
  }

  /** All choices. Reading one notes nothing. */
  get all(): Switches {
    return this.#all;
  }

  /** The same choices. Reading one that nothing proves is noted: the answer then rests on it. */
  get noted(): Switches {
    return this.#noted;
  }

  /** @throws Error in one line when a variation names what no guess is */
  choose(choices: Partial<Switches>): void {
    const set = { ...this.#set, ...choices };
    this.#forms = formsOf(set.variation ?? defaultSwitches.variation);
    this.#set = set;
    this.#all = settleSwitches(set, this.#forms);
    this.#noted = noteReads(this.#all, (name) => this.#note(name));
  }

  /**
   * Does some work and tells what its outcome rests on that is only assumed: the switches that it reads.
   *
   * @param work has to be done when it returns
   */
  noting<Result>(note: (name: string) => void, work: () => Result): Result {
    const outer = this.#note;
    this.#note = note;
    try {
      return work();
    } finally {
      this.#note = outer;
    }
  }
}

/**
 * Switches that say when one is read that nothing proves.
 *
 * @param note is given the name of every assumed switch that is read
 */
function noteReads(switches: Switches, note: (name: keyof Switches) => void): Switches {
  const noted = { ...switches };
  for (const name of Object.keys(switches) as (keyof Switches)[]) {
    if (!assumed.has(name)) continue;
    Object.defineProperty(noted, name, {
      enumerable: true,
      get: () => {
        note(name);
        return switches[name];
      },
    });
  }
  return noted;
}

const assumed = new Set(
  switchDescriptions.filter(({ evidence }) => evidence.grade === 'assumed').map(({ name }) => name),
);
