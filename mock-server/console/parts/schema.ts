// The emulator's descriptions, from which forms are made. They are large, so they are asked for when a form is opened.
import { send } from '../api/call.ts';
import type { Schema } from './json-schema.ts';

/** One operation of a description. */
export interface DescribedOperation {
  operationId?: string;
  summary?: string;
  description?: string;
  deprecated?: boolean;
  tags?: readonly string[];
  'x-evidence'?: { grade: string; source: string };
  requestBody?: { content?: Readonly<Record<string, { schema?: Schema; example?: unknown }>> };
}

/** A description as far as the console reads it. */
export interface Described {
  paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
  components: { schemas: Readonly<Record<string, Schema>> };
}

const descriptions = new Map<string, Promise<Described>>();

/** A description by its path, asked for once. */
export function describe(path: '/_control/openapi.json' | '/openapi.json'): Promise<Described> {
  const known = descriptions.get(path);
  if (known) return known;
  const asked = send(path).then((response) => response.json() as Promise<Described>);
  descriptions.set(path, asked);
  asked.catch(() => descriptions.delete(path));
  return asked;
}

/** A schema with its reference followed; what stands beside the reference holds too. */
export function follow({ components }: Described, schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  const { $ref, ...beside } = schema;
  const target = components.schemas[$ref.slice($ref.lastIndexOf('/') + 1)] ?? {};
  return { ...follow({ components, paths: {} }, target), ...beside };
}

/** The forms that something can have, such as the verbs of an edit, by the constant that tells them apart. */
export function formsOf(document: Described, name: string, by: string): Map<string, Schema> {
  const { oneOf = [] } = document.components.schemas[name] ?? {};
  const forms = oneOf.map((one) => follow(document, one));
  return new Map(forms.map((form) => [String(form.properties?.[by]?.const ?? ''), form]));
}

/** The operations of a description. */
export function operationsOf({
  paths,
}: Described): (DescribedOperation & { path: string; method: string })[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) =>
      Object.assign({ path, method: method.toUpperCase() }, operation),
    ),
  );
}
