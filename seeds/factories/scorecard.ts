import type { ScheduledInterviewRecord, ScorecardRecord } from '../records.ts';
import type { Kit } from './kit.ts';

/** Makes the scorecard of an interviewer: handed in after the interview, unless `submitted_at` is null. */
export function makeScorecard(
  kit: Kit,
  interview: ScheduledInterviewRecord,
  interviewerId: string,
  overrides: Partial<ScorecardRecord> = {},
): ScorecardRecord {
  const submitted_at = overrides.submitted_at === undefined ? interview.end : overrides.submitted_at;
  const written_at = submitted_at ?? interview.end;
  return {
    id: kit.identifiers.next('scorecard'),
    application_id: interview.application_id,
    interview_id: interview.id,
    interview: interview.interview.name,
    interview_step: interview.interview,
    interviewed_at: interview.start,
    interviewer_id: interviewerId,
    submitted_by_id: interviewerId,
    overall_recommendation: kit.chance.helpers.arrayElement(['strong_yes', 'yes', 'no']),
    overall_feedback: kit.chance.lorem.sentence(),
    questions: [
      {
        id: kit.identifiers.next('scorecard_question'),
        question: 'What stood out?',
        answer: kit.chance.lorem.sentence(),
        type: 'long_answer',
        options: [],
      },
    ],
    created_at: written_at,
    updated_at: written_at,
    deleted_at: null,
    ...overrides,
    submitted_at,
  };
}
