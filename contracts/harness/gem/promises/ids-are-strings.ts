import { evidence, type GemPromise } from '../promise.ts';
import { isNode } from '../document.ts';

export default {
  statement: 'every id is a text of at most 64 characters',
  evidence: evidence('B', 'typed by a client, dumped by a data vendor (facts §1.7)'),
  group: 'records',
  async check(gem, { expect }) {
    for (const { operation, rows } of gem.lists()) {
      const wrong = rows
        .flatMap((row) => idsIn(row))
        .filter((id) => typeof id !== 'string' || id.length > 64);
      if (rows.length > 0) expect(operation.id, 'ids that are none', 0, wrong.length);
    }
  },
} satisfies GemPromise;

/** All values of `id`, `…_id` and `…_ids`, at any depth. Null is an id that is not there. */
function idsIn(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap((inner) => idsIn(inner));
  if (!isNode(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'custom_fields' || key === 'keyed_custom_fields') return [];
    if (/^(external_event|employee|opening|requisition)_id$/.test(key)) return [];
    if (/(^|_)id$/.test(key)) return inner === null ? [] : [inner];
    if (key.endsWith('_ids')) return Array.isArray(inner) ? inner : [];
    return idsIn(inner);
  });
}
