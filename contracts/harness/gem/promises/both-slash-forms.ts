import { alike } from '../alike.ts';
import { agrees, same } from '../outcome.ts';
import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'a list is answered alike with and without the last slash of its path, and never redirected',
  evidence: evidence('B', 'two clients use the two forms (facts §1.3)'),
  group: 'transport',
  async check(gem, { expect }) {
    for (const { operation, path, ask } of gem.lists()) {
      const other = await gem.call(operation.id, { path, otherSlash: true });
      if (!expect(operation.id, 'status in the other form', 200, other.status)) continue;
      const isAlike = await alike(other, ask, () => gem.call(operation.id, { path }));
      expect(operation.id, 'body in the other form', same, agrees(isAlike));
    }
  },
} satisfies GemPromise;
