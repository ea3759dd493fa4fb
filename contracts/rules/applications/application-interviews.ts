import * as fc from 'fast-check';
import type { Case } from '../../harness/case.ts';
import { same } from '../support/compare.ts';
import { isDeleted } from '../support/lists.ts';
import { gemRecord, showsWrong } from '../support/mutants.ts';
import { readingRule } from '../../harness/rule.ts';

/** Interviews in several states, of a person with two applications; one is deleted before or between two syncs. */
const busyApplications: fc.Arbitrary<Case> = fc
  .record({ isDeletedBefore: fc.boolean(), status: fc.constantFrom('complete', 'awaiting_feedback') })
  .map(({ isDeletedBefore, status }) => {
    const deleted = isDeletedBefore ? { deleted_at: '2 days ago' } : {};
    return {
      records: {
        jobs: [{ as: 'job-1', stages: ['Review', 'HM Interview'] }],
        candidates: [{ as: 'candidate-1' }],
        applications: [
          { as: 'application-1', candidate_id: 'candidate-1', job_id: 'backend' },
          { as: 'application-2', candidate_id: 'candidate-1', job_id: 'job-1' },
        ],
        scheduled_interviews: [
          { as: 'interview-1', application_id: 'application-1', status },
          { as: 'interview-2', application_id: 'application-1', ...deleted },
          { as: 'interview-3', application_id: 'application-2' },
        ],
      },
      edits: isDeletedBefore
        ? []
        : [{ do: 'delete', resource: 'scheduled_interviews', record: 'interview-2' }],
    };
  });

export default readingRule({
  statement: "an application's `interviews` are all of its own that are not deleted, and no others",
  evidence: {
    grade: 'documented',
    source: 'kombo-unified-api §2.4; that deleted ones are left out is assumed (§5.3)',
  },
  of: 'applications',
  becomes: 'applications',
  needs: ['applications.interviews'],
  cases: busyApplications,
  judge({ gem, unified, all }) {
    const own = all.scheduled_interviews.filter((one) => one.application_id === gem.id && !isDeleted(one));
    return same(
      'interviews',
      unified.interviews.map(({ remote_id: id }) => id).toSorted(),
      own.map(({ id }) => id).toSorted(),
    );
  },
  mutants: [
    showsWrong('planned ones only', 'applications', (application, gem) => ({
      ...application,
      interviews: application.interviews.filter(
        ({ remote_id: id }) => gemRecord(gem, 'scheduled_interviews', id)?.status === 'scheduled',
      ),
    })),
    showsWrong('deleted ones kept', 'applications', (application, gem) => {
      const deleted = gem.scheduled_interviews
        .filter((one) => one.application_id === application.remote_id && isDeleted(one))
        .map((one) => Object.assign({}, tombstone, { id: application.id, remote_id: one.id }));
      return { ...application, interviews: [...application.interviews, ...deleted] };
    }),
  ],
});

const tombstone = { title: null, starting_at: null, ending_at: null, location: null, canceled: null };
