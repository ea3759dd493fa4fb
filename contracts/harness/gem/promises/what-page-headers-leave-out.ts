import { pageHeader } from '../page-header.ts';
import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'X-Pagination has no previous page on the first one, and past the end no page at all',
  evidence: evidence('C', 'framework default (facts §1.5)'),
  group: 'paging',
  async check(gem, { expect }) {
    for (const { operation, api, rows, ask } of gem.lists()) {
      const first = api === 'board' || rows.length === 0 ? undefined : pageHeader(await ask());
      if (!first) continue;
      expect(operation.id, 'previous_page on the first page', false, 'previous_page' in first);
      const past = pageHeader(await ask({ page: 1_000_000 }));
      for (const name of ['page', 'previous_page', 'next_page']) {
        expect(operation.id, `${name} past the end`, false, past !== undefined && name in past);
      }
    }
  },
} satisfies GemPromise;
