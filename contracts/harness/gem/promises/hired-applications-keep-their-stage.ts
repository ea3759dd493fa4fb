import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'a hired application keeps its last stage',
  evidence: evidence('D', 'Harvest has null; a client would fail on it (facts §14 #13)'),
  group: 'records',
  async check(gem, { expect, unseen }) {
    unseen('nobody was hired');
    const hired = gem.records('listApplications').filter(({ status }) => status === 'hired');
    const without = hired.filter(({ current_stage: stage }) => !stage);
    if (hired.length > 0)
      expect('listApplications', 'some with a stage', true, without.length < hired.length);
  },
} satisfies GemPromise;
