import type { Operation } from '../../../description.ts';
import { gemDescription } from '../../../gem.ts';

/** An operation, and what stands in its path for each parameter. */
export interface Addressed {
  operation: Operation;
  path: Record<string, string>;
}

/**
 * The operation of Gem that a request is meant for.
 *
 * @param path without a query, with or without its last slash
 */
export function operationAt(method: string, path: string): Addressed | undefined {
  for (const { operation, pattern } of patterns) {
    if (operation.method !== method.toLowerCase()) continue;
    const groups = pattern.exec(path)?.groups;
    if (pattern.test(path)) return { operation, path: { ...groups } };
  }
  return undefined;
}

/** A path with a fixed word stands before one with a parameter in its place. */
const patterns = [...gemDescription.operations.values()]
  .toSorted((one, other) => parametersOf(one) - parametersOf(other))
  .map((operation) => ({
    operation,
    pattern: new RegExp(
      `^${operation.path.replace(/\/$/, '').replaceAll(/\{([^}]+)\}/g, '(?<$1>[^/]+)')}/?$`,
    ),
  }));

function parametersOf({ path }: Operation): number {
  return path.match(/\{/g)?.length ?? 0;
}

/** A path that no operation has, without what may be an id or a name. */
export function shapeOfPath(path: string): string {
  return path
    .split('/')
    .map((word) => (word === '' || words.has(word) ? word : '…'))
    .join('/');
}

/** The fixed words of all paths. */
const words = new Set([...gemDescription.operations.values()].flatMap(({ path }) => path.split('/')));
