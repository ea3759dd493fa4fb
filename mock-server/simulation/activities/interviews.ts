import { toInstant } from '../../../contracts/clock.ts';
import { pipelineOf } from '../../resources/ats/job-stages.ts';
import type { RecordTypes } from '../../../seeds/index.ts';
import type { Activity, RecruiterView } from '../recruiter-view.ts';

type InterviewRecord = RecordTypes['scheduled_interviews'];

/** What happens to interviews. */
export const interviewActivities: readonly Activity[] = [
  {
    name: 'an interview is scheduled',
    weight: 5,
    plan(view) {
      const application = view.activeApplication((one) => hasInterviews(view, one));
      return (
        application && [
          { do: 'create', resource: 'scheduled_interviews', set: { application_id: application.id } },
        ]
      );
    },
  },
  {
    name: 'an interviewer answers an invitation',
    weight: 3,
    plan(view) {
      const interview = view.some(
        'scheduled_interviews',
        ({ status, interviewers }) => status === 'scheduled' && interviewers.some(isInvited),
      );
      if (!interview) return undefined;
      const response_status = view.happens(0.85) ? ('accepted' as const) : ('declined' as const);
      const answering = interview.interviewers.findIndex(isInvited);
      const interviewers = interview.interviewers.map((one, index) =>
        index === answering ? { ...one, response_status } : one,
      );
      return [change(interview, { interviewers })];
    },
  },
  {
    name: 'an interview is put off',
    weight: 1,
    plan(view) {
      const interview = view.some('scheduled_interviews', ({ status }) => status === 'scheduled');
      if (!interview) return undefined;
      return [change(interview, { start: aDayLater(interview.start), end: aDayLater(interview.end) })];
    },
  },
  {
    name: 'an interview is over',
    weight: 5,
    plan(view) {
      const now = view.world.clock.now();
      const interview = view.some(
        'scheduled_interviews',
        ({ status, end }) => status === 'scheduled' && Date.parse(end) <= now,
      );
      return interview && [change(interview, { status: 'awaiting_feedback' })];
    },
  },
  {
    name: 'a scorecard is handed in',
    weight: 5,
    plan(view) {
      const interview = view.some(
        'scheduled_interviews',
        (one) => one.status === 'awaiting_feedback' && awaited(one).length > 0,
      );
      const interviewer = view.oneOf(interview ? awaited(interview) : []);
      if (!interview || !interviewer) return undefined;
      const { application_id, id: interview_id } = interview;
      const set = { application_id, interview_id, interviewer_id: interviewer.user_id };
      return [{ do: 'create', resource: 'scorecards', set }];
    },
  },
  {
    name: 'an interview is called off',
    weight: 0.5,
    plan(view) {
      const interview = view.some('scheduled_interviews', ({ status }) => status === 'scheduled');
      return interview && [{ do: 'delete', resource: 'scheduled_interviews', record: interview.id }];
    },
  },
];

function change({ id }: InterviewRecord, set: Partial<InterviewRecord>) {
  return { do: 'change', resource: 'scheduled_interviews', record: id, set } as const;
}

function isInvited({ response_status }: InterviewRecord['interviewers'][number]): boolean {
  return response_status === 'needs_action';
}

function aDayLater(instant: string): string {
  return toInstant(Date.parse(instant) + 24 * 60 * 60_000);
}

function awaited({ interviewers }: InterviewRecord): InterviewRecord['interviewers'] {
  return interviewers.filter(
    ({ response_status, scorecard_id }) => response_status !== 'declined' && scorecard_id === null,
  );
}

function hasInterviews({ world }: RecruiterView, { job_id }: RecordTypes['applications']): boolean {
  return pipelineOf(world.store, job_id).some(
    ({ active, interviews }) => active && interviews.some(({ deleted_at }) => deleted_at === null),
  );
}
