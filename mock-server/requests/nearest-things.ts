import type { Operation } from '../../contracts/description.ts';
import { gemDescription } from '../../contracts/gem.ts';
import { nearest } from '../../seeds/nearest.ts';
import { fitsPath } from './matcher.ts';

/**
 * What a request that no operation answers may have meant, in words.
 *
 * @param path as it was asked for
 */
export function nearestOperations(method: string, path: string): string[] {
  const operations = [...gemDescription.operations.values()];
  const here = operations.filter((operation) => fitsPath(operation.path.replaceAll(/\{\w+\}/g, '*'), path));
  if (here.length > 0) {
    const names = here.map((operation) => `${operation.method.toUpperCase()} (${operation.id})`);
    return [`the path is there, but not for ${method}; it has ${names.join(', ')}`];
  }
  // Its parameters take the texts that stand in their places, so that only names are compared.
  const parts = partsOf(path);
  // Of several operations on one path the one with this method is meant.
  const isMeant = (operation: Operation) => Number(operation.method === method.toLowerCase());
  const likely = operations.toSorted((one, other) => isMeant(one) - isMeant(other));
  const paths = new Map(likely.map((operation) => [filled(operation.path, parts), operation]));
  const meant = nearest(`/${parts.join('/')}`, paths.keys());
  const operation = meant === undefined ? undefined : paths.get(meant);
  return operation ? [`did you mean ${operation.path} (${operation.id})?`] : [];
}

function filled(template: string, parts: readonly string[]): string {
  const own = partsOf(template).map((part, index) => (part.startsWith('{') ? (parts[index] ?? part) : part));
  return `/${own.join('/')}`;
}

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '');
}
