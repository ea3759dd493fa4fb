import { expectExact } from '../exact-filters.ts';
import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'a status shows exactly the records that stand so',
  evidence: evidence('B', 'used live by clients (facts §1.6)'),
  group: 'filters',
  async check(gem, notes) {
    for (const list of gem.lists({ takes: 'status' })) {
      await expectExact(notes, list, 'status', ({ status }) => [status]);
    }
  },
} satisfies GemPromise;
