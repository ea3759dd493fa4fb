import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'job posts have no include_deleted: the list shows deleted posts too, which are not active',
  evidence: evidence('B', 'a client looks for deleted_at in the list as it is (facts §9)'),
  group: 'filters',
  place: '/components/schemas/JobPost/properties/active',
  async check(gem, { expect, unseen }) {
    unseen('no post is deleted');
    const deleted = gem.records('listJobPosts').filter(({ deleted_at: deletedAt }) => deletedAt !== null);
    const active = deleted.filter((post) => post.active);
    if (deleted.length > 0) expect('listJobPosts', 'deleted posts that are active', 0, active.length);
  },
} satisfies GemPromise;
