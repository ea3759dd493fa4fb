import { controlDescription, type ControlSchemas } from '../contracts/control.ts';
import type { Evidence } from '../contracts/description.ts';

/**
 * The places where Gem's true behaviour is not known: each a named choice that a world can make, so that one line
 * changes when the truth is learnt (gem-ats-api §14). The control API's description lists and explains them.
 */
export type Switches = ControlSchemas['Switches'];

/** One switch as the description has it. */
export interface SwitchDescription {
  name: keyof Switches;
  description: string;
  default: unknown;
  evidence: Evidence;
}

/** Every switch, in the description's order. */
export const switchDescriptions: readonly SwitchDescription[] = readSwitches();

/** What each switch is set to unless a world chooses otherwise: the description's defaults. */
// The description holds a default for each of them, of its own type.
export const defaultSwitches = Object.fromEntries(
  switchDescriptions.map((one) => [one.name, one.default]),
) as unknown as Switches;

function readSwitches(): SwitchDescription[] {
  const document = controlDescription.document as {
    components: {
      schemas: {
        Switches: {
          properties: Record<string, { description: string; default: unknown; 'x-evidence': Evidence }>;
        };
      };
    };
  };
  return Object.entries(document.components.schemas.Switches.properties).map(([name, property]) => ({
    name: name as keyof Switches,
    description: property.description,
    default: property.default,
    evidence: property['x-evidence'],
  }));
}
