import * as fc from 'fast-check';
import type { Case } from '../../harness/case.ts';
import { jobs } from '../cases/people.ts';
import { same } from '../support/compare.ts';
import { isDeleted } from '../support/lists.ts';
import { showsWrong } from '../support/mutants.ts';
import { readingRule } from '../../harness/rule.ts';

/** A person with up to three applications in any state; one is deleted before or between two syncs. */
const busyCandidate: fc.Arbitrary<Case> = fc
  .record({ status: fc.constantFrom('active', 'hired'), isDeletedBefore: fc.boolean() })
  .map(({ status, isDeletedBefore }) => {
    const deleted = isDeletedBefore ? { deleted_at: '2 days ago' } : {};
    return {
      records: {
        jobs: jobs(3),
        candidates: [{ as: 'candidate-1' }, { as: 'candidate-2' }, { as: 'candidate-3' }],
        applications: [
          { as: 'application-1', candidate_id: 'candidate-1', job_id: 'job-1', status: 'rejected' },
          { as: 'application-2', candidate_id: 'candidate-1', job_id: 'job-2', status },
          { as: 'application-3', candidate_id: 'candidate-1', job_id: 'job-3', ...deleted },
          { as: 'application-4', candidate_id: 'candidate-2', job_id: 'job-1' },
        ],
      },
      edits: isDeletedBefore ? [] : [{ do: 'delete', resource: 'applications', record: 'application-3' }],
    };
  });

export default readingRule({
  statement:
    "a candidate's `applications` are all of the candidate's own that are not deleted, and no others",
  evidence: {
    grade: 'documented',
    source: 'kombo-unified-api §2.3; that deleted ones are left out is assumed (§5.3)',
  },
  of: 'candidates',
  becomes: 'candidates',
  needs: ['candidates.applications'],
  cases: busyCandidate,
  judge({ gem, unified, all }) {
    const own = all.applications.filter((one) => one.candidate_id === gem.id && !isDeleted(one));
    return same(
      'applications',
      unified.applications.map(({ remote_id: id }) => id).toSorted(),
      own.map(({ id }) => id).toSorted(),
    );
  },
  mutants: [
    showsWrong('rejected ones missing', 'candidates', (candidate) => ({
      ...candidate,
      applications: candidate.applications.filter(({ outcome }) => outcome !== 'DECLINED'),
    })),
    showsWrong('deleted ones kept', 'candidates', (candidate, gem) => {
      const deleted = gem.applications
        .filter((one) => one.candidate_id === candidate.remote_id && isDeleted(one))
        .map(({ id }) => Object.assign({}, tombstone, { id: candidate.id, remote_id: id }));
      const kept = deleted.map((one) => Object.assign(one, { changed_at: candidate.changed_at }));
      return { ...candidate, applications: [...candidate.applications, ...kept] };
    }),
  ],
});

const tombstone = {
  outcome: null,
  rejection_reason_name: null,
  rejected_at: null,
  remote_url: null,
  remote_created_at: null,
  remote_updated_at: null,
  current_stage: null,
  job: null,
};
