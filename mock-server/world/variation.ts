// What nothing proves takes another form in a world that is told so.
import type { ControlSchemas } from '../../contracts/control.ts';
import type { Operation } from '../../contracts/description.ts';
import { gemDescription } from '../../contracts/gem.ts';
import { drawForms, readGuesses, type Form, type Forms, type Variation } from '../../contracts/guesses.ts';
import type { AnyAnswer } from '../../contracts/server/mount.ts';
import { bytesOf } from '../../contracts/server/send-answer.ts';
import { createVary } from '../../contracts/vary.ts';
import { serialise } from '../resources/resource.ts';
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
 * @param set what somebody chose
 */
export function settleSwitches(set: Partial<Switches>, forms: Forms): Switches {
  const drawn = switchDescriptions.flatMap(({ name }) => {
    const form = forms.get(name);
    return form === undefined ? [] : [[name, form] as const];
  });
  return { ...defaultSwitches, ...Object.fromEntries(drawn), ...set };
}

/** Whether the operation is among those that a world with these forms does not have. */
export function isMissing(operation: Operation, forms: Forms): boolean {
  return forms.get(operation.id) === 'missing';
}

/** An answer in the forms of a world, and the guesses that changed it. */
export function varyAnswer(
  operation: Operation,
  answer: AnyAnswer,
  forms: Forms,
): { answer: AnyAnswer; varied: readonly string[] } {
  const { status, body, headers = {} } = answer;
  if (answer.deliver || status >= 300 || Buffer.isBuffer(body)) return { answer, varied: [] };
  const bytes = bytesOf(answer);
  const plain: unknown = bytes === undefined ? undefined : JSON.parse(bytes.toString());
  const { varied, ...sent } = vary.answer(operation, { status, headers, body: plain }, forms);
  if (varied.length === 0) return { answer, varied };
  const isValue = sent.body !== undefined && !Buffer.isBuffer(sent.body);
  return { answer: { ...sent, body: isValue ? serialise(sent.body) : sent.body }, varied };
}

const vary = createVary(gemDescription);

/** Every guess with the form that a world gives it. */
export function describeVariation(
  variation: Variation,
  { choices, forms }: { choices: Switches; forms: Forms },
): ControlSchemas['Variation'] {
  return {
    variation,
    guesses: guesses.flatMap(({ name, kind, evidence, usual, alternatives }) => {
      if (alternatives.length === 0) return [];
      const form = kind === 'switch' ? String(Reflect.get(choices, name)) : (forms.get(name) ?? usual);
      const { grade, source } = evidence;
      return [
        { name, form, is_usual: form === String(usual), alternatives: [...alternatives], grade, source },
      ];
    }),
  };
}
