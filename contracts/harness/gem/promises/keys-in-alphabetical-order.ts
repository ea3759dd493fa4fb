import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'the keys of every object travel in alphabetical order',
  evidence: evidence('B', 'every recorded answer of a job board (facts §1.1)'),
  group: 'transport',
  async check(gem, { expect }) {
    for (const { operation, rows } of gem.lists()) {
      if (rows.length > 0) expect(operation.id, 'objects out of order', 0, countUnordered(rows));
    }
  },
} satisfies GemPromise;

function countUnordered(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inside = Object.values(value).reduce((sum: number, inner) => sum + countUnordered(inner), 0);
  if (Array.isArray(value)) return inside;
  // A parser puts keys that are whole numbers first, wherever they stood.
  const keys = Object.keys(value).filter((key) => !/^\d+$/.test(key));
  const isOrdered = keys.every((key, index) => index === 0 || (keys[index - 1] ?? '') <= key);
  return inside + (isOrdered ? 0 : 1);
}
