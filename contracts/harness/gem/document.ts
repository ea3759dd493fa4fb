// Finds its way through a parsed OpenAPI document by JSON pointers.
import { gemDescription } from '../../gem.ts';

/** A part of the document. What it really is, whoever reads it finds out. */
export type DocumentNode = Readonly<Record<string, unknown>>;

/** The part that a pointer leads to; undefined where it leads nowhere. */
export function nodeAt(pointer: string): DocumentNode | undefined {
  if (!nodes.has(pointer)) nodes.set(pointer, find(pointer));
  return nodes.get(pointer);
}

/** The document does not change, and every field of every record is looked up in it. */
const nodes = new Map<string, DocumentNode | undefined>();

function find(pointer: string): DocumentNode | undefined {
  let node: unknown = gemDescription.document;
  for (const key of pointer.split('/').slice(1)) {
    node = isNode(node) ? node[key.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined;
  }
  return isNode(node) ? node : undefined;
}

/** The pointer that a `$ref` leads to, or undefined where a node is no reference. */
export function referenceOf(node: DocumentNode): string | undefined {
  const reference = node['$ref'];
  return typeof reference === 'string' ? reference.slice(1) : undefined;
}

/** A step further down. */
export function below(pointer: string, ...keys: readonly (string | number)[]): string {
  return [pointer, ...keys.map((key) => String(key).replaceAll('~', '~0').replaceAll('/', '~1'))].join('/');
}

/** Whether a value is an object or a list. */
export function isNode(value: unknown): value is DocumentNode {
  return typeof value === 'object' && value !== null;
}
