// Interviews and their scorecards. `make…Of` completes a record of which only some fields are known.
import { toInstant } from '../../contracts/clock.ts';
import type {
  ApplicationRecord,
  JobStageRecord,
  ScheduledInterviewRecord,
  InterviewDefinitionRecord,
  ScorecardRecord,
} from '../records.ts';
import type { Kit } from './kit.ts';
import { named, stagesOf, type Find } from './relations.ts';

/**
 * Makes an interview of an application, by the stage's first interview definition.
 *
 * @throws Error when the stage defines no interview
 */
export function makeScheduledInterview(
  kit: Kit,
  application: ApplicationRecord,
  stage: JobStageRecord,
  overrides: Partial<ScheduledInterviewRecord> & Pick<ScheduledInterviewRecord, 'start' | 'interviewers'>,
): ScheduledInterviewRecord {
  const [definition] = stage.interviews;
  if (!definition) throw new Error(`the stage ${stage.name} defines no interview`);
  return makeDefined(kit, application, definition, overrides);
}

/** What of an interview's definition its interviews are made of. */
type Definition = Pick<
  InterviewDefinitionRecord,
  'id' | 'name' | 'item_id' | 'estimated_minutes' | 'default_interviewer_ids'
>;

function makeDefined(
  kit: Kit,
  application: ApplicationRecord,
  definition: Definition,
  overrides: Partial<ScheduledInterviewRecord> & Pick<ScheduledInterviewRecord, 'start' | 'interviewers'>,
): ScheduledInterviewRecord {
  const created_at = overrides.created_at ?? application.last_activity_at;
  return {
    id: kit.identifiers.next('interview'),
    application_id: application.id,
    interview: { id: definition.id, name: definition.name },
    job_stage_interview_item_id: definition.item_id,
    external_event_id: `${kit.chance.string.alphanumeric({ length: 20, casing: 'lower' })}@calendar.example`,
    end: toInstant(Date.parse(overrides.start) + definition.estimated_minutes * 60_000),
    location: null,
    video_conferencing_url: `https://meet.example.com/${kit.chance.string.alphanumeric({ length: 10, casing: 'lower' })}`,
    status: 'scheduled',
    organizer_id: application.coordinator_id ?? application.recruiter_id,
    updated_at: created_at,
    deleted_at: null,
    ...overrides,
    created_at,
  };
}

/**
 * Makes an interview of an application: the one that its stage has, or else the first of its job, with the interviewers
 * whom the stage names. It lies ahead while it is scheduled, and behind otherwise.
 */
export function makeInterviewOf(
  kit: Kit,
  fields: Partial<ScheduledInterviewRecord>,
  find: Find,
): ScheduledInterviewRecord {
  const application = named(find, 'applications', fields.application_id, 'an interview');
  const definition = definitionFor(fields, application, find);
  const isAhead = fields.status === undefined || fields.status === 'scheduled';
  return makeDefined(kit, application, definition, {
    start: isAhead ? kit.ago(-3, -60) : kit.ago(2, 60),
    interviewers: definition.default_interviewer_ids.map((user_id) => ({
      user_id,
      response_status: isAhead ? 'needs_action' : 'accepted',
      scorecard_id: null,
    })),
    ...fields,
  });
}

function definitionFor(
  { interview, job_stage_interview_item_id: item }: Partial<ScheduledInterviewRecord>,
  { current_stage_id, job_id }: ApplicationRecord,
  find: Find,
): Definition {
  const stages = stagesOf(find, job_id);
  const current = stages.filter(({ id }) => id === current_stage_id);
  const found = [...current, ...stages]
    .flatMap(({ interviews }) => interviews)
    .find(
      ({ id, item_id, deleted_at }) =>
        deleted_at === null &&
        (interview === undefined || id === interview.id) &&
        (item === undefined || item_id === item),
    );
  if (found) return found;
  // What is told whole stands, though its stage may be gone, or its application may have another job by now.
  if (interview !== undefined && item !== undefined) {
    return { ...interview, item_id: item, estimated_minutes: 60, default_interviewer_ids: [] };
  }
  throw new Error(
    'an interview needs a stage that has it, and the job of the application has none; name its interview and its job_stage_interview_item_id',
  );
}

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

/** Makes the scorecard of an interviewer who has not handed one in. */
export function makeScorecardOf(kit: Kit, fields: Partial<ScorecardRecord>, find: Find): ScorecardRecord {
  const ofApplication = find('scheduled_interviews').findLast(
    ({ application_id }) => application_id === fields.application_id,
  );
  const id = fields.interview_id ?? ofApplication?.id;
  const interview = named(find, 'scheduled_interviews', id, 'a scorecard');
  const { interviewers } = interview;
  const interviewer = interviewers.find(({ scorecard_id }) => scorecard_id === null) ?? interviewers[0];
  const interviewer_id = fields.interviewer_id ?? interviewer?.user_id;
  if (interviewer_id === undefined) {
    throw new Error('a scorecard needs an interviewer, and the interview has none; name interviewer_id');
  }
  return makeScorecard(kit, interview, interviewer_id, {
    ...(fields.submitted_at === null && { overall_recommendation: null, overall_feedback: null }),
    ...fields,
  });
}
