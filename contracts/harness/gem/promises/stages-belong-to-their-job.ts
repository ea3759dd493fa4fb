import { rowsOf } from '../lists.ts';
import { evidence, type GemPromise } from '../promise.ts';
import { nameless } from '../shown.ts';

export default {
  statement:
    'the stages of a job are those of the list of stages that name it, and their priorities count from 0',
  evidence: evidence('B', 'a client sorts by priority (facts §3.5)'),
  group: 'records',
  async check(gem, { expect, unseen }) {
    unseen('no job has stages');
    const stages = gem.records('listJobStages');
    const jobs = gem.records('listJobs').filter(({ id }) => stages.some((stage) => stage.job_id === id));
    // A few are enough: each costs a request.
    for (const { id: jobId } of jobs.slice(0, 3)) {
      const about = `job ${nameless(jobId)}`;
      const answer = await gem.call('listStagesOfJob', { path: { job_id: jobId }, query: { per_page: 500 } });
      // The list is the one whose records these are.
      const own = rowsOf('listStagesOfJob', answer) as unknown as typeof stages;
      expect(about, 'stages of other jobs', 0, own.filter((stage) => stage.job_id !== jobId).length);
      const missing = stages.filter(
        ({ id, job_id: of }) => of === jobId && !own.some((stage) => stage.id === id),
      );
      expect(about, 'missing stages', 0, missing.length);
      expect(
        about,
        'a priority below 0',
        false,
        own.some(({ priority }) => priority < 0),
      );
    }
  },
} satisfies GemPromise;
