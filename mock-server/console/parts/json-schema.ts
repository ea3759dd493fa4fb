/** As much of JSON Schema as the descriptions use for what people fill in. */
export interface Schema {
  /** Where the same is described once for several: `#/components/schemas/Job`. */
  $ref?: string;
  type?: string | readonly string[];
  const?: unknown;
  enum?: readonly unknown[];
  oneOf?: readonly Schema[];
  anyOf?: readonly Schema[];
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  description?: string;
  default?: unknown;
  minimum?: number;
  maximum?: number;
  format?: string;
  examples?: readonly unknown[];
  /** The resource whose records an id names. */
  'x-refers-to'?: string;
  'x-resource'?: string;
  'x-evidence'?: { grade: string; source: string };
  'x-typescript'?: string;
}
