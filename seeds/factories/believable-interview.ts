// An interview or a scorecard of which only some fields are known.
import type {
  ApplicationRecord,
  InterviewDefinitionRecord,
  JobStageRecord,
  ScheduledInterviewRecord,
  ScorecardRecord,
} from '../records.ts';
import type { Kit } from './kit.ts';
import { named, stagesOf, type Find } from './relations.ts';
import { makeScheduledInterview } from './scheduled-interview.ts';
import { makeScorecard } from './scorecard.ts';

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
  const { stage, definition } = interviewFor(fields, application, find);
  const isAhead = fields.status === undefined || fields.status === 'scheduled';
  const interview = makeScheduledInterview(
    kit,
    application,
    { ...stage, interviews: [definition] },
    {
      start: isAhead ? kit.ago(-3, -60) : kit.ago(2, 60),
      interviewers: definition.default_interviewer_ids.map((user_id) => ({
        user_id,
        response_status: isAhead ? 'needs_action' : 'accepted',
        scorecard_id: null,
      })),
      ...fields,
    },
  );
  return interview;
}

function interviewFor(
  fields: Partial<ScheduledInterviewRecord>,
  application: ApplicationRecord,
  find: Find,
): { stage: JobStageRecord; definition: InterviewDefinitionRecord } {
  const { current_stage_id, job_id } = application;
  const stages = stagesOf(find, job_id);
  const current = stages.filter(({ id }) => id === current_stage_id);
  const all = [...current, ...stages].flatMap((stage) =>
    stage.interviews
      .filter(({ deleted_at }) => deleted_at === null)
      .map((definition) => ({ stage, definition })),
  );
  const { interview, job_stage_interview_item_id: item } = fields;
  const found = all.find(
    ({ definition }) =>
      (interview === undefined || definition.id === interview.id) &&
      (item === undefined || definition.item_id === item),
  );
  if (!found) throw new Error('an interview needs a stage that has it; the job of the application has none');
  return found;
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
