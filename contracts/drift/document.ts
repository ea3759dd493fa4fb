// Looks parts of the Gem description up by JSON pointers, and walks values along their schemas.
import { gemDescription } from '../gem.ts';

/** A part of the document, of any form. */
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

/** Is called for every part of the document that describes a part of the value, from the outside in. */
export type Visit = (pointer: string, value: unknown, node: DocumentNode) => void;

/**
 * Walks a value along its schema.
 *
 * @param visit is called for references too, before their targets
 */
export function walkSchema(pointer: string, value: unknown, visit: Visit): void {
  const node = nodeAt(pointer);
  if (!node) return;
  visit(pointer, value, node);
  for (const [next, inner] of stepsFrom(pointer, node, value)) walkSchema(next, inner, visit);
}

/**
 * The parts of the document that stand around a place in a value, from the outside in.
 *
 * @param path the keys and indexes that lead to the place
 */
export function pointersAlong(pointer: string, value: unknown, path: readonly string[]): string[] {
  const node = nodeAt(pointer);
  if (!node) return [];
  const around = sameValueSteps(pointer, node, value);
  if (around !== undefined) return [pointer, ...pointersAlong(around, value, path)];
  const [key, ...rest] = path;
  if (key === undefined) return [pointer];
  const next = Array.isArray(value) ? below(pointer, 'items') : below(pointer, 'properties', key);
  const inner = isNode(value) ? value[key] : undefined;
  return [pointer, ...pointersAlong(next, inner, rest)];
}

function stepsFrom(pointer: string, node: DocumentNode, value: unknown): [string, unknown][] {
  const same = sameValueSteps(pointer, node, value);
  if (same !== undefined) return [[same, value]];
  if (Array.isArray(value)) return value.map((item) => [below(pointer, 'items'), item]);
  if (!isNode(value)) return [];
  return Object.entries(value).map(([key, inner]) => [below(pointer, 'properties', key), inner]);
}

/** Where a reference or a choice sends the whole value. */
function sameValueSteps(pointer: string, node: DocumentNode, value: unknown): string | undefined {
  const reference = referenceOf(node);
  if (reference !== undefined) return reference;
  for (const keyword of ['oneOf', 'anyOf']) {
    const branches = node[keyword];
    if (Array.isArray(branches)) {
      const ranked = branches.map((_branch, index) => {
        const here = below(pointer, keyword, index);
        return { here, fit: fitOf(here, value) };
      });
      ranked.sort((one, other) => other.fit - one.fit);
      return ranked[0]?.here;
    }
  }
  return undefined;
}

/** How well a value fits a branch: the type first, then how many of the keys are the branch's own. */
function fitOf(pointer: string, value: unknown): number {
  const node = nodeAt(pointer);
  if (!node) return -1;
  const reference = referenceOf(node);
  if (reference !== undefined) return fitOf(reference, value);
  if (node['type'] !== typeOf(value)) return -1;
  const { properties } = node;
  if (!isNode(properties) || !isNode(value)) return 0;
  const required = Array.isArray(node['required']) ? node['required'] : [];
  const own = Object.keys(value).filter((key) => key in properties).length;
  return own - required.filter((key) => !(String(key) in value)).length;
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
