import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'an application cannot be moved to a stage of another job',
  evidence: evidence('C', 'Harvest (facts §5.5)'),
  group: 'writing',
  writes: true,
  async check(gem, { expect, unseen }) {
    const [, other] = await gem.people.jobs();
    if (!other) return unseen('there is one open job with two stages at most');
    const { applicationId } = await gem.people.one();
    const body = { user_id: gem.people.userId(), to_stage_id: other.stageIds[0] };
    const { status } = await gem.call('moveApplication', { path: { application_id: applicationId }, body });
    expect('moveApplication', 'refused with 400 or 422', true, status === 400 || status === 422);
  },
} satisfies GemPromise;
