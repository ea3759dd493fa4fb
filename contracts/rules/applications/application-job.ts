import * as fc from 'fast-check';
import type { Case } from '../../harness/case.ts';
import { isThere } from '../support/lists.ts';
import { changesList, gemRecord, showsWrong } from '../support/mutants.ts';
import { readingRule, type Check } from '../../harness/rule.ts';
import { same } from '../support/compare.ts';

/** Applications for an open and a confidential job; one may go to another job between two syncs. */
const applicationsForJobs: fc.Arbitrary<Case> = fc
  .record({ isTransferred: fc.boolean(), status: fc.constantFrom('active', 'hired') })
  .map(({ isTransferred, status }) => ({
    records: {
      jobs: [
        { as: 'job-1', stages: ['Review'] },
        { as: 'job-2', stages: ['Review'], confidential: true },
      ],
      candidates: [{ as: 'candidate-1' }],
      applications: [
        { as: 'application-1', candidate_id: 'candidate-1', job_id: 'job-1' },
        { as: 'application-2', candidate_id: 'candidate-1', job_id: 'job-2', status },
      ],
    },
    edits: isTransferred ? [{ do: 'transfer', application: 'application-1', job: 'backend' }] : [],
  }));

export default readingRule({
  statement: "an application's `job_id` and `job` name the job that it is for, confidential or not",
  evidence: { grade: 'documented', source: 'kombo-unified-api §2.4; gem-ats-api §3.2' },
  of: 'applications',
  becomes: 'applications',
  needs: ['applications.job_id', 'applications.job'],
  cases: applicationsForJobs,
  judge({ gem, unified, all }): Check[] {
    const expected = gem.jobs[0]?.id ?? null;
    const { job_id: id, job } = unified;
    if ((job?.id ?? id) !== id) return [{ what: 'job.id', expected: id, got: job?.id }];
    if ((id === null) !== (expected === null)) return [{ what: 'job_id', expected, got: id }];
    // A job that no longer exists at Gem may be shown by its id alone.
    if (job === null && !isThere(all.jobs, expected)) return [];
    return same('job.remote_id', job?.remote_id ?? null, expected);
  },
  mutants: [
    changesList('confidential jobs unknown', 'applications', (items, gem, { job_ids: asked }) =>
      items
        .map((item) => {
          const job = gemRecord(gem, 'jobs', item.job?.remote_id ?? null);
          return job?.confidential === true
            ? Object.assign(structuredClone(item), { job_id: null, job: null })
            : item;
        })
        .filter(({ job_id: id }) => id !== null || asked === undefined),
    ),
    showsWrong("the post's id as the job's", 'applications', (application, gem) => {
      const post = gem.job_posts.find((one) => one.job_id === application.job?.remote_id);
      if (application.job && post) application.job.remote_id = post.id;
      return application;
    }),
  ],
});
