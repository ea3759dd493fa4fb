import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'a rejected application keeps the stage in which it was rejected',
  evidence: evidence('B', 'a client sorts rejections by it (facts §3.2)'),
  group: 'records',
  async check(gem, { expect, unseen }) {
    unseen('no application is rejected');
    const rejected = gem.records('listApplications').filter(({ status }) => status === 'rejected');
    const without = rejected.filter(({ current_stage: stage }) => !stage);
    if (rejected.length > 0)
      expect('listApplications', 'some with a stage', true, without.length < rejected.length);
  },
} satisfies GemPromise;
