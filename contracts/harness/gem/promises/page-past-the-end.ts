import { evidence, type GemPromise } from '../promise.ts';
import { ours, shape } from '../shown.ts';

export default {
  statement: 'a page past the end is answered with 200 and an empty list',
  evidence: evidence('B', 'two clients count on it (facts §1.5)'),
  group: 'paging',
  async check(gem, { expect }) {
    for (const { operation, api, ask } of gem.lists()) {
      if (api === 'board') continue;
      const { status, body } = await ask({ page: 1_000_000 });
      if (expect(operation.id, 'status', 200, status))
        expect(operation.id, 'body', ours('list of 0'), shape(body));
    }
  },
} satisfies GemPromise;
