import { alike } from '../alike.ts';
import { agrees, same } from '../outcome.ts';
import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'a query parameter that a list does not know is ignored',
  evidence: evidence('C', 'framework default; clients send a limit that is none (facts §1.6)'),
  group: 'filters',
  async check(gem, { expect }) {
    for (const { operation, path, ask } of gem.lists()) {
      const answer = await ask({ mock_gem_unknown: '1', limit: 1 });
      if (!expect(operation.id, 'status', 200, answer.status)) continue;
      const isAlike = await alike(answer, ask, () => gem.call(operation.id, { path }));
      expect(operation.id, 'body', same, agrees(isAlike));
    }
  },
} satisfies GemPromise;
