import type { Kit } from '../../factories/kit.ts';
import { makeScheduledInterview, makeScorecard } from '../../factories/interviews.ts';
import type { ApplicationRecord, JobStageRecord, Records, ScheduledInterviewRecord } from '../../records.ts';
import type { Organisation } from './organisation.ts';

type Interviewer = ScheduledInterviewRecord['interviewers'][number];

/** Interviews in each state, scorecards for the finished ones, an offer, and a deleted interview. */
export function buildInterviews(kit: Kit, records: Records, { users }: Organisation): void {
  const stages = new Map(records.job_stages.map((stage) => [stage.id, stage]));
  const candidates = records.applications.flatMap((application) => {
    const stage = application.current_stage_id ? stages.get(application.current_stage_id) : undefined;
    const isOpen = application.status === 'active' && application.deleted_at === null;
    return isOpen && stage && stage.interviews.length > 0 ? [{ application, stage }] : [];
  });

  const answering = (...answers: Interviewer['response_status'][]): Interviewer[] =>
    [users.engineer, users.secondEngineer, users.engineeringManager]
      .slice(0, answers.length)
      .map((user, index) => ({
        user_id: user.id,
        response_status: answers[index] ?? 'needs_action',
        scorecard_id: null,
      }));

  const states: ((application: ApplicationRecord, stage: JobStageRecord) => ScheduledInterviewRecord)[] = [
    (application, stage) =>
      makeScheduledInterview(kit, application, stage, {
        start: kit.ago(-3, -60),
        interviewers: answering('accepted', 'tentative', 'needs_action'),
      }),
    (application, stage) =>
      makeScheduledInterview(kit, application, stage, {
        start: kit.ago(2, 60),
        status: 'awaiting_feedback',
        interviewers: answering('accepted', 'accepted'),
      }),
    (application, stage) => complete(kit, records, application, stage, answering('accepted', 'accepted')),
    // Everybody declined: the only sign that an interview will not take place (kombo-unified-api §6).
    (application, stage) =>
      makeScheduledInterview(kit, application, stage, {
        start: kit.ago(-5, -30),
        interviewers: answering('declined', 'declined'),
      }),
    // Held in a room: no link, no calendar event, no interviewer yet.
    (application, stage) =>
      makeScheduledInterview(kit, application, stage, {
        start: kit.ago(-6, -90),
        external_event_id: null,
        video_conferencing_url: null,
        location: 'Room 北 4',
        organizer_id: null,
        interviewers: [],
      }),
    (application, stage) => ({
      ...makeScheduledInterview(kit, application, stage, {
        start: kit.ago(4),
        interviewers: answering('declined', 'accepted'),
      }),
      updated_at: kit.ago(6),
      deleted_at: kit.ago(6),
    }),
  ];
  candidates.forEach(({ application, stage }, index) => {
    const state = states[index % states.length];
    if (state) records.scheduled_interviews.push(state(application, stage));
  });
  addOffers(kit, records);
}

function complete(
  kit: Kit,
  records: Records,
  application: ApplicationRecord,
  stage: JobStageRecord,
  interviewers: Interviewer[],
): ScheduledInterviewRecord {
  const interview = makeScheduledInterview(kit, application, stage, {
    start: kit.ago(4, 30),
    status: 'complete',
    updated_at: kit.ago(3),
    interviewers,
  });
  for (const interviewer of interview.interviewers) {
    const scorecard = makeScorecard(kit, interview, interviewer.user_id);
    interviewer.scorecard_id = scorecard.id;
    records.scorecards.push(scorecard);
  }
  return interview;
}

function isOpen({ status, deleted_at }: ApplicationRecord): boolean {
  return status === 'active' && deleted_at === null;
}

function addOffers(kit: Kit, records: Records): void {
  const open = records.applications.filter(isOpen).slice(-1);
  for (const application of [...records.applications.filter(({ status }) => status === 'hired'), ...open]) {
    const isHired = application.status === 'hired';
    records.offers.push({
      id: kit.identifiers.next('offer'),
      application_id: application.id,
      opening_id: isHired ? (records.openings[0]?.id ?? null) : null,
      status: isHired ? 'accepted' : 'unresolved',
      sent_at: application.last_activity_at.slice(0, 10),
      starts_at: kit.dateAgo(-45),
      compensation: [
        {
          type: 'base_salary',
          value: '85000',
          value_type: 'amount',
          unit: null,
          currency_code: 'EUR',
          interval: 'year',
        },
      ],
      created_at: application.last_activity_at,
      updated_at: application.last_activity_at,
      deleted_at: null,
    });
  }
}
