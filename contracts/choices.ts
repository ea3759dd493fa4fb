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
  const { schemas } = (document as ControlDocument).components;
  return Object.entries(schemas.Switches.properties).map(([name, { $ref }]) => {
    const node = schemas[$ref.split('/').at(-1) ?? ''];
    if (!node || !('x-evidence' in node)) throw new Error(`the switch ${name} is not described`);
    return {
      name,
      description: node.description,
      default: node.default,
      evidence: node['x-evidence'],
      values: node.enum ?? [],
      reason: node['x-no-alternatives'],
    };
  });
}

interface ControlDocument {
  components: {
    schemas: Record<string, ChoiceNode | object> & {
      Switches: { properties: Record<string, { $ref: string }> };
    };
  };
}

interface ChoiceNode {
  description: string;
  default: unknown;
  enum?: (string | number)[];
  'x-evidence': Evidence;
  'x-no-alternatives'?: string;
}
