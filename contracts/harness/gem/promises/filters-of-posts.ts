import { expectExact } from '../exact-filters.ts';
import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'live, active and internal show exactly the posts that are so',
  evidence: evidence('B', 'parameters typed by a client; internal as in Harvest (facts §2.2)'),
  group: 'filters',
  async check(gem, notes) {
    const posts = gem.list('listJobPosts');
    for (const flag of ['live', 'active', 'internal']) {
      await expectExact(notes, posts, flag, (row) => [row[flag]]);
    }
  },
} satisfies GemPromise;
