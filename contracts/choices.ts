import type { Evidence } from './description.ts';

/** A choice that a world makes where the vendor is not known, as the control API describes it. */
export interface Choice {
  name: string;
  description: string;
  default: unknown;
  evidence: Evidence;
}

/** Reads the choices of a world from the control API's document, in its order. */
export function readChoices(document: object): Choice[] {
  // The document is ours, and `Switches` is one of its schemas; the generated types rest on the same.
  const { properties } = (document as ControlDocument).components.schemas.Switches;
  return Object.entries(properties).map(
    ([name, { description, default: usual, 'x-evidence': evidence }]) => ({
      name,
      description,
      default: usual,
      evidence,
    }),
  );
}

interface ControlDocument {
  components: {
    schemas: {
      Switches: {
        properties: Record<string, { description: string; default: unknown; 'x-evidence': Evidence }>;
      };
    };
  };
}
