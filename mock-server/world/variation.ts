// What nothing proves takes another form in a world that is told so: which form each guess and each switch has.
import type { ControlSchemas } from '../../contracts/control.ts';
import { gemDescription } from '../../contracts/gem.ts';
import { drawForms, readGuesses, type Form, type Forms, type Variation } from '../../contracts/guesses.ts';
import { defaultSwitches, switchDescriptions, type Switches } from './switches.ts';

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
 * @param set the choices that were set
 */
export function settleSwitches(set: Partial<Switches>, forms: Forms): Switches {
  const drawn = switchDescriptions.flatMap(({ name }) => {
    const form = forms.get(name);
    return form === undefined ? [] : [[name, form] as const];
  });
  return { ...defaultSwitches, ...Object.fromEntries(drawn), ...set };
}

/** Every guess with the form that a world gives it. */
export function describeVariation(
  variation: Variation,
  { choices, forms }: { choices: Switches; forms: Forms },
): ControlSchemas['Variation'] {
  return {
    variation,
    guesses: guesses.flatMap(({ name, kind, evidence, defaultForm, alternatives }) => {
      if (alternatives.length === 0) return [];
      const form = kind === 'switch' ? String(Reflect.get(choices, name)) : (forms.get(name) ?? defaultForm);
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
