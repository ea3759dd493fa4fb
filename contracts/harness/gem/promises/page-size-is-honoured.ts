import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'a page holds as many records as were asked for, as long as there are so many',
  evidence: evidence('B', 'used live by clients (facts §1.5)'),
  group: 'paging',
  async check(gem, { expect }) {
    for (const { operation, api, rows, size, read, placeOf } of gem.lists()) {
      if (api === 'board' || rows.length < 2) continue;
      for (const asked of [1, 2]) {
        const page = await read({ [size.name]: asked });
        expect(operation.id, `records with ${size.name}=${asked}`, asked, page.length, placeOf(size.name));
      }
    }
  },
} satisfies GemPromise;
