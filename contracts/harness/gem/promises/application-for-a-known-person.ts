import type { GemSchemas } from '../../../gem.ts';
import { evidence, type GemPromise } from '../promise.ts';
import { write } from '../writing.ts';

export default {
  statement: 'a known person gets one more application, which shows with the others',
  evidence: evidence('C', 'Harvest; something has to replace the deprecated call (facts §2.1 #17, §14 #3)'),
  group: 'writing',
  writes: true,
  async check(gem, { expect, unseen }) {
    const [, other] = await gem.people.jobs();
    if (!other) return unseen('there is one open job with two stages at most');
    const path = { candidate_id: (await gem.people.another()).candidateId };
    const body = { user_id: gem.people.userId(), job_id: other.id };
    const added = await write<GemSchemas['Application']>(gem, 'createApplication', 201, { path, body });
    expect('createApplication', 'the job', true, added.jobs[0]?.id === other.id);
    expect('createApplication', 'the first stage', true, added.current_stage?.id === other.stageIds[0]);
    const candidate = await write<GemSchemas['Candidate']>(gem, 'getCandidate', 200, { path });
    expect('getCandidate', 'applications', 2, candidate.applications.length);
  },
} satisfies GemPromise;
