import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'lists of the CRM come oldest first with sort=asc and newest first with sort=desc',
  evidence: evidence('A', "Gem's CRM reference (facts §1.5)"),
  group: 'paging',
  async check(gem, { expect }) {
    for (const { operation, birth, rows, read, placeOf } of gem.lists({ takes: 'sort' })) {
      if (birth === undefined || rows.length < 2) continue;
      for (const [sort, sign] of [
        ['asc', 1],
        ['desc', -1],
      ] as const) {
        const times = (await read({ sort })).map((row) => Number(row[birth]) * sign);
        const wrong = times.filter((time, index) => index > 0 && time < (times[index - 1] ?? 0)).length;
        expect(operation.id, `records out of order with sort=${sort}`, 0, wrong, placeOf('sort'));
      }
    }
  },
} satisfies GemPromise;
