import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'pages are counted from 1, follow one another, and neither overlap nor leave a record out',
  evidence: evidence('B', 'three clients read all pages of a list (facts §1.5)'),
  group: 'paging',
  async check(gem, { expect, unseen }) {
    unseen('no list has three records');
    for (const { operation, api, rows, size, read } of gem.lists()) {
      if (api === 'board' || rows.length < 3) continue;
      const length = Math.max(1, Math.min(5, Math.floor(rows.length / 3)));
      const whole = ids(await read({ [size.name]: length * 3 }));
      const pages: unknown[] = [];
      for (const page of [1, 2, 3]) pages.push(...ids(await read({ page, [size.name]: length })));
      const inPlace = whole.filter((id, index) => pages[index] === id).length;
      expect(operation.id, 'records in their place on three pages', whole.length, inPlace);
      expect(operation.id, 'records on three pages', whole.length, pages.length);
    }
  },
} satisfies GemPromise;

function ids(rows: readonly Readonly<Record<string, unknown>>[]): unknown[] {
  return rows.map(({ id }) => id);
}
