import { readChoices, type Choice } from '../../contracts/choices.ts';
import { controlDescription, type ControlSchemas } from '../../contracts/control.ts';

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
