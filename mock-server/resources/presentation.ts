import { defaultSwitches, type Switches } from '../world/switches.ts';

/**
 * The choices that change what is sent for a record. They are looked at without a note: the description says field by
 * field what is only assumed.
 */
const presentationSwitches = [
  'assigned_user_shape',
  'custom_field_shape',
  'job_place_fields',
  'absolute_url',
] as const satisfies readonly (keyof Switches)[];

export type Presentation = Pick<Switches, (typeof presentationSwitches)[number]>;

/** Whether records are sent as most worlds send them. Only those bytes are kept, for worlds share them. */
export function isUsualPresentation(choices: Switches): boolean {
  if (choices !== lastAsked.choices) {
    const isUsual = presentationSwitches.every((name) => choices[name] === defaultSwitches[name]);
    lastAsked = { choices, isUsual };
  }
  return lastAsked.isUsual;
}

// A page asks for each of its records. Choices are never changed, only replaced, so that the same object means the same.
let lastAsked: { choices: Switches; isUsual: boolean } = { choices: defaultSwitches, isUsual: true };
