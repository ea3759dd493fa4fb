import { unifiedDescription } from '../../../contracts/unified.ts';

/**
 * Names the filters of a list that target a field which Gem does not cover, as the description marks them with
 * `x-unsupported-filters` (kombo-unified-api §1.5).
 *
 * @param operationId a list operation of the unified API
 */
export function unsupportedFilters(operationId: string): readonly string[] {
  const operation = unifiedDescription.operations.get(operationId);
  if (!operation) return [];
  const keys = ['paths', operation.path, operation.method, 'x-unsupported-filters'];
  const names = keys.reduce<unknown>(read, unifiedDescription.document);
  return Array.isArray(names) ? names.map(String) : [];
}

function read(node: unknown, key: string): unknown {
  return typeof node === 'object' && node !== null ? Reflect.get(node, key) : undefined;
}
