import { readChoices, type Choice } from '../../contracts/choices.ts';
import { controlDescription, type ControlSchemas } from '../../contracts/control.ts';
import { type Forms, drawForms, readGuesses, type Form, type Variation } from '../../contracts/guesses.ts';
import { gemDescription } from '../../contracts/gem.ts';

/**
 * The places where Gem's true behaviour is not known: each a named choice that a world can make, so that one line
 * changes when the truth is learnt (gem-ats-api §14). The control API's description lists and explains them.
 */
export type Switches = ControlSchemas['Switches'];

/** One switch as the description has it. */
export interface SwitchDescription extends Choice {
  name: keyof Switches;
}

/** Every switch, in the description's order. */
// The type and the list come from the same schema.
export const switchDescriptions = readChoices(controlDescription.document) as readonly SwitchDescription[];

/** What each switch is set to unless a world chooses otherwise: the description's defaults. */
// The description holds a default for each of them, of its own type.
export const defaultSwitches = Object.fromEntries(
  switchDescriptions.map((one) => [one.name, one.default]),
) as unknown as Switches;

/** The switches of one world: as they were set, or as they follow from its variation. */
export class WorldSwitches {
  #given: Partial<Switches> = {};
  #forms!: Forms;
  #all!: Switches;
  #noted!: Switches;
  #note: (name: string) => void = () => {};

  /** @throws Error in one line when a variation names what no guess is */
  constructor(given: Partial<Switches>) {
    this.choose(given);
  }

  /** Those that were set, without those that follow from the variation. */
  get given(): Partial<Switches> {
    return this.#given;
  }

  /** The forms that guesses take here, other than the described ones; none in a world that does not vary. */
  get forms(): Forms {
    return this.#forms;
  }

  /** All switches. Reading one notes nothing. */
  get all(): Switches {
    return this.#all;
  }

  /** The same switches. Reading one that nothing proves is noted: the answer then rests on it. */
  get noted(): Switches {
    return this.#noted;
  }

  /** @throws Error in one line when a variation names what no guess is */
  choose(switches: Partial<Switches>): void {
    const given = { ...this.#given, ...switches };
    this.#forms = formsOf(given.variation ?? defaultSwitches.variation);
    this.#given = given;
    this.#all = settleSwitches(given, this.#forms);
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

// What nothing proves takes another form in a world that is told so: which form each guess and each switch has.

/** Every guess of Gem's description and of the switches. */
export const guesses = readGuesses(gemDescription, switchDescriptions);

/**
 * The forms of a variation.
 *
 * @throws Error in one line when it names a guess that does not exist, or a form that a guess does not have
 */
export function formsOf(variation: Variation): Map<string, Form> {
  return drawForms(guesses, variation);
}

/**
 * All switches of a world: those that were set as they were set, the others as the forms say, or as usual.
 *
 * @param given those that were set
 */
function settleSwitches(given: Partial<Switches>, forms: Forms): Switches {
  const drawn = switchDescriptions.flatMap(({ name }) => {
    const form = forms.get(name);
    return form === undefined ? [] : [[name, form] as const];
  });
  return { ...defaultSwitches, ...Object.fromEntries(drawn), ...given };
}

/** Every guess with the form that a world gives it. */
export function describeVariation(
  variation: Variation,
  { unnotedSwitches: switches, forms }: { unnotedSwitches: Switches; forms: Forms },
): ControlSchemas['Variation'] {
  return {
    variation,
    guesses: guesses.flatMap(({ name, kind, evidence, defaultForm, alternatives }) => {
      if (alternatives.length === 0) return [];
      const form = kind === 'switch' ? String(Reflect.get(switches, name)) : (forms.get(name) ?? defaultForm);
      const { grade, source } = evidence;
      return [
        {
          name,
          form,
          is_default: form === String(defaultForm),
          alternatives: [...alternatives],
          grade,
          source,
        },
      ];
    }),
  };
}
