import type { Evidence } from './description.ts';

/** A choice that a world makes where the vendor is not known, as the control API describes it. */
export interface Choice {
  name: string;
  description: string;
  default: unknown;
  evidence: Evidence;
  /** What can be chosen, where that is one of a few words or numbers. */
  values: readonly (string | number)[];
  /** Why a world that varies does not choose, where it does not. */
  reason: string | undefined;
}

/** Reads the choices of a world from the control API's document, in its order. */
export function readChoices(document: object): Choice[] {
  // The document is ours, and `Switches` is one of its schemas; the generated types rest on the same.
  const { properties } = (document as ControlDocument).components.schemas.Switches;
  return Object.entries(properties).map(
    ([name, { description, default: usual, enum: values = [], ...node }]) => ({
      name,
      description,
      default: usual,
      evidence: node['x-evidence'],
      values,
      reason: node['x-no-alternatives'],
    }),
  );
}

interface ControlDocument {
  components: { schemas: { Switches: { properties: Record<string, ChoiceNode> } } };
}

interface ChoiceNode {
  description: string;
  default: unknown;
  enum?: (string | number)[];
  'x-evidence': Evidence;
  'x-no-alternatives'?: string;
}
