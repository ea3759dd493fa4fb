import type { GemSchemas } from '../../../gem.ts';
import { evidence, type GemPromise } from '../promise.ts';
import { write } from '../writing.ts';

export default {
  statement: 'an application that is transferred names the other job and stands in its first stage',
  evidence: evidence('C', 'Harvest (facts §5.5)'),
  group: 'writing',
  writes: true,
  async check(gem, { expect, unseen }) {
    const [, other] = await gem.people.jobs();
    if (!other) return unseen('there is one open job with two stages at most');
    const { applicationId } = await gem.people.another();
    const moved = await write<GemSchemas['Application']>(gem, 'transferApplication', 200, {
      path: { application_id: applicationId },
      body: { user_id: gem.people.userId(), new_job_id: other.id },
    });
    expect('transferApplication', 'the job', true, moved.jobs[0]?.id === other.id);
    expect('transferApplication', 'the stage', true, moved.current_stage?.id === other.stageIds[0]);
  },
} satisfies GemPromise;
