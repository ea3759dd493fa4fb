import { pageHeader } from '../page-header.ts';
import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'with skip_count nothing is counted, and X-Pagination is not sent',
  evidence: evidence('C', 'Harvest leaves out what needs a count (facts §2.2)'),
  group: 'paging',
  place: '/components/parameters/SkipCount',
  async check(gem, { expect, unseen }) {
    unseen('no list sends X-Pagination');
    for (const { operation, ask } of gem.lists({ takes: 'skip_count' })) {
      if (!pageHeader(await ask())) continue;
      const answer = await ask({ skip_count: 'true' });
      expect(operation.id, 'status', 200, answer.status);
      expect(operation.id, 'X-Pagination', false, pageHeader(answer) !== undefined);
    }
  },
} satisfies GemPromise;
