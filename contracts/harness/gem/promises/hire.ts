import type { GemSchemas } from '../../../gem.ts';
import { evidence, type GemPromise } from '../promise.ts';
import { oneOfWords, ours } from '../shown.ts';
import { write } from '../writing.ts';

export default {
  statement: 'an active application ends in a hire, by which it is found through last_activity_after',
  evidence: evidence('C', 'path and body from Harvest; a client polls for hires so (facts §5.5, §9)'),
  group: 'writing',
  writes: true,
  async check(gem, { expect }) {
    const { applicationId, jobId } = await gem.people.another();
    const path = { application_id: applicationId };
    const hired = await write<GemSchemas['Application']>(gem, 'hireApplication', 200, {
      path,
      body: { user_id: gem.people.userId() },
    });
    expect(
      'hireApplication',
      'status',
      ours('hired'),
      oneOfWords(hired.status, ['active', 'hired', 'rejected']),
    );
    const found = await gem.list('listApplications').read({
      status: 'hired',
      job_id: jobId,
      last_activity_after: hired.last_activity_at,
    });
    expect(
      'listApplications',
      'the hire',
      true,
      found.some(({ id }) => id === applicationId),
    );
  },
} satisfies GemPromise;
