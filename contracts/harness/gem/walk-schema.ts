import { below, isNode, nodeAt, referenceOf, type DocumentNode } from './document.ts';

/** Is told of every part of the document that a value passes, from the outside in. */
export type Visit = (pointer: string, value: unknown, node: DocumentNode) => void;

/**
 * Walks a value along its schema.
 *
 * @param visit is told of references too, before what they lead to
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
