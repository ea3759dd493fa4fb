import type { GemSchemas } from '../../../contracts/gem.ts';
import type { RecordTypes } from '../../../seeds/index.ts';
import { recordActivity } from '../../records/activity.ts';
import { forbiddenByRule, invalidField } from '../../problems/problems.ts';
import { deleteRecord } from '../../records/delete-record.ts';
import type { World } from '../../world/world.ts';
import { itemOf, type GemHandler } from '../resource.ts';
import { living, referenced } from '../references.ts';
import { pipelineOf } from './job-stages.ts';
import { scheduledInterviews } from './scheduled-interviews.ts';

type InterviewRecord = RecordTypes['scheduled_interviews'];
type Interviewers = InterviewRecord['interviewers'];

/** Schedules an interview that a stage of the application's job defines (gem-ats-api §2.1 #30, §3.7). */
export const createScheduledInterview: GemHandler<'createScheduledInterview'> = ({ body }, world) => {
  const application = referenced(world, 'applications', body.application_id, 'application_id');
  const organizer = referenced(world, 'users', body.user_id, 'user_id');
  if (application.status !== 'active') {
    throw forbiddenByRule('Only an active application can have an interview scheduled.');
  }
  const definition = pipelineOf(world.store, application.job_id)
    .flatMap(({ interviews }) => interviews)
    .find(({ id, deleted_at }) => id === body.interview_id && deleted_at === null);
  if (!definition) {
    throw invalidField(['interview_id'], 'Interview not found in the job of this application.');
  }
  const times = readTimes(body.start, body.end);
  const interviewers = readInterviewers(world, body.interviewers, []);
  refuseSecondUse(world, body.external_event_id, undefined);
  const now = world.now();
  const id = world.nextId('interview');
  world.store.put('scheduled_interviews', {
    id,
    application_id: application.id,
    interview: { id: definition.id, name: definition.name },
    job_stage_interview_item_id: definition.item_id,
    external_event_id: body.external_event_id,
    ...times,
    location: body.location ?? null,
    video_conferencing_url: null,
    status: 'scheduled',
    organizer_id: organizer.id,
    interviewers,
    created_at: now,
    updated_at: now,
    deleted_at: null,
  });
  recordActivity(world, application.id, now);
  return { ...itemOf(world, scheduledInterviews, id), status: 201 };
};

/** Changes the fields of an interview that are sent; the user who changes it becomes its organizer. */
export const updateScheduledInterview: GemHandler<'updateScheduledInterview'> = ({ path, body }, world) => {
  const interview = actionable(world, path.interview_id);
  const organizer = referenced(world, 'users', body.user_id, 'user_id');
  const { external_event_id = interview.external_event_id, location = interview.location } = body;
  const times = readTimes(body.start ?? interview.start, body.end ?? interview.end);
  const interviewers = body.interviewers
    ? readInterviewers(world, body.interviewers, interview.interviewers)
    : interview.interviewers;
  if (body.external_event_id !== undefined) refuseSecondUse(world, body.external_event_id, interview.id);
  const now = world.now();
  const changes = { external_event_id, location, ...times, interviewers, organizer_id: organizer.id };
  world.store.put('scheduled_interviews', { ...interview, ...changes, updated_at: now });
  recordActivity(world, interview.application_id, now);
  return itemOf(world, scheduledInterviews, interview.id);
};

/** Cancels an interview; it stays as a tombstone. */
export const deleteScheduledInterview: GemHandler<'deleteScheduledInterview'> = ({ path }, world) => {
  const interview = actionable(world, path.interview_id);
  deleteRecord(world, 'scheduled_interviews', interview.id, world.now());
  return { status: 204, body: undefined };
};

/** An interview that may be changed: not over, and of an active application. */
function actionable(world: World, id: string): InterviewRecord {
  const interview = living(world, 'scheduled_interviews', id);
  if (interview.status === 'complete') throw forbiddenByRule('The interview is complete.');
  if (world.store.get('applications', interview.application_id)?.status !== 'active') {
    throw forbiddenByRule('The application of the interview is not active.');
  }
  return interview;
}

function readTimes(start: string, end: string): Pick<InterviewRecord, 'start' | 'end'> {
  const times = { start: new Date(start).toISOString(), end: new Date(end).toISOString() };
  if (times.end <= times.start) throw invalidField(['end'], 'Must be after the start.');
  return times;
}

/** Each is named in one of three ways; who was there before keeps the scorecard. */
function readInterviewers(
  world: World,
  named: readonly GemSchemas['InterviewerBody'][],
  before: Interviewers,
): Interviewers {
  return named.map((one, index) => {
    const user = findUser(world, one);
    if (!user) {
      throw invalidField(['interviewers', String(index)], 'User not found.');
    }
    const scorecard_id = before.find(({ user_id }) => user_id === user.id)?.scorecard_id ?? null;
    return { user_id: user.id, response_status: one.response_status, scorecard_id };
  });
}

function findUser(
  { store }: World,
  { user_id, email, employee_id }: GemSchemas['InterviewerBody'],
): RecordTypes['users'] | undefined {
  const users = store.collection('users');
  const found = (): (RecordTypes['users'] | undefined)[] => {
    if (user_id !== undefined) return [users.get(user_id)];
    if (email !== undefined) return users.by('email', email.toLowerCase());
    return [...users.entries()]
      .map(({ record }) => record)
      .filter((user) => user.employee_id === employee_id);
  };
  const isNamed = (user_id ?? email ?? employee_id) !== undefined;
  return isNamed ? found().find((user) => user?.deleted_at === null) : undefined;
}

function refuseSecondUse(world: World, eventId: string, own: string | undefined): void {
  for (const { record } of world.store.collection('scheduled_interviews').entries()) {
    if (record.external_event_id === eventId && record.id !== own && record.deleted_at === null) {
      throw forbiddenByRule('Another interview has this external_event_id.');
    }
  }
}
