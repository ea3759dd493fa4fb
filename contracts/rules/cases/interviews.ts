// Worlds with interviews in them.
import type * as fc from 'fast-check';
import type { Case } from '../../harness/case.ts';
import { caseOf, type Edit, mostOf } from './building.ts';
import { labelled, type Fields } from './people.ts';

/** One interview. */
export interface PlannedInterview {
  /** Its given fields. */
  interview: Fields;
  /** The edit between two syncs. */
  later?: (label: string) => Edit;
}

/** Interviews of one person, one for each edge. They belong to a job of the base scenario. */
export function interviews(...edges: readonly fc.Arbitrary<PlannedInterview>[]): fc.Arbitrary<Case> {
  return mostOf(...edges).map((all) =>
    caseOf(
      {
        candidates: [{ as: 'candidate-1', created_at: '60 days ago' }],
        applications: [{ as: 'application-1', candidate_id: 'candidate-1', job_id: 'backend' }],
        scheduled_interviews: labelled(
          'interview',
          all.map(({ interview }) => Object.assign({ application_id: 'application-1' }, interview)),
        ),
      },
      all.flatMap(({ later }, index) => (later ? [later(`interview-${index + 1}`)] : [])),
    ),
  );
}

/** An interviewer, with an answer to the invitation. */
export function invited(user: string, answer: string): Fields {
  return { user_id: user, response_status: answer, scorecard_id: null };
}
