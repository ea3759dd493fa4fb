import type { RecordTypes } from '../../../seeds/index.ts';
import { hire as hireApplication, requireSeat } from '../../resources/ats/lifecycle/hire.ts';
import {
  reject as rejectApplication,
  unreject as unrejectApplication,
} from '../../resources/ats/lifecycle/rejection.ts';
import { nextStage, transfer as transferApplication } from '../../resources/ats/lifecycle/moves.ts';
import { changeApplication, steps, wrongStart } from '../../resources/ats/lifecycle/transition.ts';
import { startingStage } from '../../resources/ats/new-application.ts';
import type { World } from '../../world/world.ts';
import { type Editing, refusal, type Verb } from '../editing.ts';
import { livingNamed, stageNamed } from '../named-records.ts';

/** Moves an application to another stage of its job. */
export const move: Verb<'move'> = (editing, edit) => {
  const application = applicationForStep(editing, 'move', edit.application);
  const stage = stageNamed(editing, application.job_id, edit.stage, ['stage']);
  changeApplication(editing.world, application, { current_stage_id: stage.id }, editing.now);
  return { resource: 'applications', id: application.id };
};

/** Moves an application to the next stage of its job. */
export const advance: Verb<'advance'> = (editing, edit) => {
  const { world, now } = editing;
  const application = applicationForStep(editing, 'advance', edit.application);
  const next = nextStage(world.store, application);
  if (!next) {
    const message = 'the application is in the last stage of its job; hire or reject it, or move it back';
    throw refusal(editing, ['application'], message);
  }
  changeApplication(world, application, { current_stage_id: next.id }, now);
  return { resource: 'applications', id: application.id };
};

/** Rejects an application; a note is the recruiter's. */
export const reject: Verb<'reject'> = (editing, edit) => {
  const { world, now } = editing;
  const application = applicationForStep(editing, 'reject', edit.application);
  const reason =
    edit.reason === undefined ? null : livingNamed(editing, 'rejection_reasons', edit.reason, ['reason']).id;
  const user_id = edit.note === undefined ? undefined : recruiterOf(world, application);
  if (edit.note !== undefined && user_id === undefined) {
    throw refusal(editing, ['note'], 'a note needs a user who writes it, and there is none; make one first');
  }
  const note = edit.note === undefined || user_id === undefined ? undefined : { user_id, body: edit.note };
  rejectApplication(world, application, { reason, note }, now);
  return { resource: 'applications', id: application.id };
};

/** Takes a rejection back. */
export const unreject: Verb<'unreject'> = (editing, edit) => {
  const application = applicationForStep(editing, 'unreject', edit.application);
  unrejectApplication(editing.world, application, editing.now);
  return { resource: 'applications', id: application.id };
};

/** Ends an application in a hire, which may fill an opening. */
export const hire: Verb<'hire'> = (editing, edit) => {
  const application = applicationForStep(editing, 'hire', edit.application);
  const opening =
    edit.opening === undefined ? undefined : livingNamed(editing, 'openings', edit.opening, ['opening']);
  if (opening) requireSeat(opening, application);
  hireApplication(editing.world, application, { opening, close_reason_id: null }, editing.now);
  return { resource: 'applications', id: application.id };
};

/** Takes an application to another open job. */
export const transfer: Verb<'transfer'> = (editing, edit) => {
  const { world, now } = editing;
  const application = applicationForStep(editing, 'transfer', edit.application);
  const job = livingNamed(editing, 'jobs', edit.job, ['job']);
  if (job.id === application.job_id) {
    throw refusal(editing, ['job'], 'the application is on this job already; name another one');
  }
  if (job.status !== 'open') {
    const way = job.status === 'closed' ? 'reopen it' : 'change its status to open';
    throw refusal(editing, ['job'], `the job is ${job.status}; ${way} first, or name another one`);
  }
  const stage =
    edit.stage === undefined
      ? startingStage(world, job.id, undefined, 'stage')
      : stageNamed(editing, job.id, edit.stage, ['stage']).id;
  transferApplication(world, application, { job, stage }, now);
  return { resource: 'applications', id: application.id };
};

/**
 * The application that a step of its life is about, for a recruiter.
 *
 * @throws EditProblem that says what has to happen before
 */
function applicationForStep(
  editing: Editing,
  step: keyof typeof steps,
  name: string,
): RecordTypes['applications'] {
  const application = livingNamed(editing, 'applications', name, ['application']);
  const { status } = application;
  if (status === steps[step].from) return application;
  throw refusal(
    editing,
    ['application'],
    `${wrongStart(steps[step])} "${name}" is ${status}; ${advice[status]}.`,
  );
}

const advice = {
  active: 'reject it first',
  rejected: 'unreject it first',
  hired: 'change its status first',
} satisfies Record<RecordTypes['applications']['status'], string>;

/** Who looks after an application: its recruiter, or one of its job, or else the oldest user. */
function recruiterOf({ store }: World, application: RecordTypes['applications']): string | undefined {
  const team = store.get('jobs', application.job_id)?.hiring_team;
  const ids = [application.recruiter_id, ...(team?.recruiters ?? []), ...(team?.hiring_managers ?? [])];
  const recruiter = ids.find((id) => id !== null && store.get('users', id)?.deleted_at === null);
  const users = store
    .collection('users')
    .select({ includeDeleted: false, conditions: [], first: 0, count: 1 });
  return recruiter ?? users.entries[0]?.record.id;
}
