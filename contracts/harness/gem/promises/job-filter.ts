import type { GemSchemas } from '../../../gem.ts';
import { expectExact } from '../exact-filters.ts';
import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'job_id shows exactly the applications to a job, and exactly the candidates who have one',
  evidence: evidence('B', 'used live by a client (facts §1.6, §2.2)'),
  group: 'filters',
  async check(gem, notes) {
    await expectExact(notes, gem.list('listApplications'), 'job_id', ({ jobs }) => idsOf(jobs));
    await expectExact(notes, gem.list('listCandidates'), 'job_id', ({ applications }) =>
      // A candidate's applications are as the description has them, or there is nothing to look at.
      (applications as GemSchemas['Application'][]).flatMap(({ jobs }) => idsOf(jobs)),
    );
  },
} satisfies GemPromise;

function idsOf(list: unknown): string[] {
  return (list as { id: string }[]).map(({ id }) => id);
}
