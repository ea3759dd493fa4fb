import type { RecordTypes } from '../../../seeds/index.ts';
import type { World } from '../../world/world.ts';
import { between, created, equals, filters, updated, type Filter } from '../listing/filters.ts';
import { listPage } from '../listing/pages.ts';
import { itemOf, whenDeleted, type GemHandler, type Resource } from '../resource.ts';
import { living } from '../references.ts';
import { presentUser, userName } from './users.ts';

type InterviewRecord = RecordTypes['scheduled_interviews'];

/** Interviews with a time and interviewers (gem-ats-api §3.7). */
export const scheduledInterviews: Resource<'scheduled_interviews'> = {
  name: 'scheduled_interviews',
  label: 'Scheduled interview',
  present: (interview, { store }) => ({
    application_id: interview.application_id,
    candidate_id: store.get('applications', interview.application_id)?.candidate_id ?? '',
    created_at: interview.created_at,
    end: { date_time: interview.end },
    id: interview.id,
    interview: interview.interview,
    interviewers: interview.interviewers.flatMap(({ user_id, response_status, scorecard_id }) => {
      const user = store.get('users', user_id);
      if (!user) return [];
      return [
        {
          email: user.primary_email_address,
          employee_id: user.employee_id,
          id: user.id,
          name: userName(user),
          response_status,
          scorecard_id,
        },
      ];
    }),
    job_stage_interview_item_id: interview.job_stage_interview_item_id,
    location: interview.location,
    organizer: presentUser(store, interview.organizer_id),
    start: { date_time: interview.start },
    status: interview.status,
    updated_at: interview.updated_at,
    ...(interview.external_event_id !== null && { external_event_id: interview.external_event_id }),
    ...(interview.video_conferencing_url !== null && {
      video_conferencing_url: interview.video_conferencing_url,
    }),
    ...whenDeleted(interview),
  }),
};

export const listScheduledInterviews: GemHandler<'listScheduledInterviews'> = ({ query }, world) =>
  listPage(
    world,
    scheduledInterviews,
    query,
    filters(
      created(query),
      updated(query),
      between(query.starts_after, query.starts_before, (interview) => interview.start, 'start'),
      between(query.ends_after, query.ends_before, (interview) => interview.end, 'end'),
      equals(query.external_event_id, (interview) => interview.external_event_id, 'external_event_id'),
      actionable(world, query.actionable),
    ),
  );

export const listInterviewsOfApplication: GemHandler<'listInterviewsOfApplication'> = (
  { path, query },
  world,
) => {
  living(world, 'applications', path.application_id);
  const found = world.store
    .collection('scheduled_interviews')
    .entriesBy('application_id', path.application_id);
  return listPage(world, scheduledInterviews, query, filters(created(query), updated(query)), found);
};

export const getScheduledInterview: GemHandler<'getScheduledInterview'> = ({ path, query }, world) =>
  itemOf(world, scheduledInterviews, path.interview_id, query);

/** Actionable: not over yet, and the application is still active. */
function actionable(world: World, wanted: boolean | undefined): Filter<InterviewRecord> | undefined {
  if (wanted === undefined) return undefined;
  return ({ application_id, status }) => {
    const application = world.store.get('applications', application_id);
    return (status !== 'complete' && application?.status === 'active') === wanted;
  };
}
