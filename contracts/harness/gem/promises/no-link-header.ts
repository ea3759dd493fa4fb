import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'lists come without a Link header',
  evidence: evidence('D', 'no evidence of it, though the lineage has one (facts §1.5)'),
  group: 'paging',
  async check(gem, { expect }) {
    expect('all answers', 'a Link header', false, gem.headersSeen().has('link'));
  },
} satisfies GemPromise;
