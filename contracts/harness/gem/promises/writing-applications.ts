// Promises about writes about applications and jobs, by name.
import type { GemSchemas } from '../../../gem.ts';
import { expectGone } from '../deleted-records.ts';
import { evidence, type GemPromises } from '../promise.ts';
import { oneOfWords, literal } from '../../../drift/shape.ts';
import { write } from '../writes.ts';

export default {
  'advance-to-the-next-stage': {
    statement: 'an application that is advanced stands in the next stage of its job',
    evidence: evidence('C', 'Harvest (gem-ats-api §5.5)'),
    writes: true,
    async check(gem, { expect }) {
      const { applicationId, stageIds } = await gem.people.another();
      const [first, second] = stageIds;
      const advanced = await write<GemSchemas['Application']>(gem, 'advanceApplication', 200, {
        path: { application_id: applicationId },
        body: { user_id: gem.people.userId(), from_stage_id: first },
      });
      expect('advanceApplication', 'in the next stage', true, advanced.current_stage?.id === second);
    },
  },

  'application-for-a-known-person': {
    statement: 'a known person gets one more application, which shows with the others',
    evidence: evidence(
      'C',
      'Harvest; something has to replace the deprecated call (gem-ats-api §2.1 #17, §14 #3)',
    ),
    writes: true,
    async check(gem, { expect, skip }) {
      const [, other] = await gem.people.jobs();
      if (!other) return skip('there is one open job with two stages at most');
      const path = { candidate_id: (await gem.people.another()).candidateId };
      const body = { user_id: gem.people.userId(), job_id: other.id };
      const added = await write<GemSchemas['Application']>(gem, 'createApplication', 201, { path, body });
      expect('createApplication', 'the job', true, added.jobs[0]?.id === other.id);
      expect('createApplication', 'the first stage', true, added.current_stage?.id === other.stageIds[0]);
      const candidate = await write<GemSchemas['Candidate']>(gem, 'getCandidate', 200, { path });
      expect('getCandidate', 'applications', 2, candidate.applications.length);
    },
  },

  hire: {
    statement: 'an active application ends in a hire, by which it is found through last_activity_after',
    evidence: evidence('C', 'path and body from Harvest; a client polls for hires so (gem-ats-api §5.5, §9)'),
    writes: true,
    async check(gem, { expect }) {
      const { applicationId, jobId } = await gem.people.another();
      const path = { application_id: applicationId };
      const hired = await write<GemSchemas['Application']>(gem, 'hireApplication', 200, {
        path,
        body: { user_id: gem.people.userId() },
      });
      expect(
        'hireApplication',
        'status',
        literal('hired'),
        oneOfWords(hired.status, ['active', 'hired', 'rejected']),
      );
      const found = await gem.list('listApplications').read({
        status: 'hired',
        job_id: jobId,
        last_activity_after: hired.last_activity_at,
      });
      expect(
        'listApplications',
        'the hire',
        true,
        found.some(({ id }) => id === applicationId),
      );
    },
  },

  'interviews-are-scheduled': {
    statement: 'an interview that a stage defines is scheduled, moved to another time, and cancelled',
    evidence: evidence('C', 'Harvest; write calls not seen (gem-ats-api §2.1 #30)'),
    writes: true,
    async check(gem, notes) {
      const { expect, skip } = notes;
      skip('no stage of the job defines an interview');
      const { jobId, applicationId } = await gem.people.another();
      const stages = await write<GemSchemas['JobStage'][]>(gem, 'listStagesOfJob', 200, {
        path: { job_id: jobId },
      });
      const kind = stages
        .flatMap(({ interviews }) => interviews)
        .find(({ deleted_at: deletedAt }) => deletedAt === null);
      if (!kind) return;
      const user_id = gem.people.userId();
      const body = {
        user_id,
        application_id: applicationId,
        interview_id: kind.id,
        external_event_id: `mock-gem-${applicationId}`,
        start: '2099-01-01T09:00:00.000Z',
        end: '2099-01-01T10:00:00.000Z',
        interviewers: [{ user_id, response_status: 'needs_action' }],
      };
      const made = await write<GemSchemas['ScheduledInterview']>(gem, 'createScheduledInterview', 201, {
        body,
      });
      const words = ['scheduled', 'awaiting_feedback', 'complete'];
      expect('createScheduledInterview', 'status', literal('scheduled'), oneOfWords(made.status, words));
      expect('createScheduledInterview', 'the kind', true, made.interview.id === kind.id);
      const path = { interview_id: made.id };
      const end = '2099-01-01T11:00:00.000Z';
      const moved = await write<GemSchemas['ScheduledInterview']>(gem, 'updateScheduledInterview', 200, {
        path,
        body: { user_id, end },
      });
      expect('updateScheduledInterview', 'end', true, Date.parse(moved.end.date_time) === Date.parse(end));
      await write(gem, 'deleteScheduledInterview', 204, { path });
      const ofApplication = { application_id: applicationId };
      await expectGone(gem, notes, {
        id: made.id,
        item: ['getScheduledInterview', { path }],
        lists: [
          ['listScheduledInterviews', { query: { created_after: made.created_at } }],
          ['listScheduledInterviews', { query: { external_event_id: body.external_event_id } }],
          ['listInterviewsOfApplication', { path: ofApplication }],
        ],
      });
    },
  },

  'move-to-a-stage': {
    statement: 'an application is moved to another stage of its job, and its last activity moves on',
    evidence: evidence(
      'C',
      'a vendor documents that it can be done; path and body from Harvest (gem-ats-api §2.1 #13, §14 #1)',
    ),
    writes: true,
    async check(gem, { expect }) {
      const { applicationId, candidate, stageIds } = await gem.people.another();
      const [first, second] = stageIds;
      const path = { application_id: applicationId };
      const body = { user_id: gem.people.userId(), from_stage_id: first, to_stage_id: second };
      const moved = await write<GemSchemas['Application']>(gem, 'moveApplication', 200, { path, body });
      expect('moveApplication', 'in the new stage', true, moved.current_stage?.id === second);
      const before = Date.parse(candidate.applications[0]?.last_activity_at ?? '');
      expect('moveApplication', 'a later activity', true, Date.parse(moved.last_activity_at) >= before);
      const read = await write<GemSchemas['Application']>(gem, 'getApplication', 200, { path });
      expect('getApplication', 'in the new stage', true, read.current_stage?.id === second);
    },
  },

  'new-application-starts-in-first-stage': {
    statement: 'a new application stands in the first stage of its job, or in the one that was named',
    evidence: evidence('C', 'field typed by a client; first stage as in Harvest (gem-ats-api §5.1)'),
    place: '/components/schemas/CreateCandidateBody/properties/initial_stage_id',
    writes: true,
    async check(gem, { expect }) {
      const { candidate, stageIds } = await gem.people.one();
      const stageOf = (person: typeof candidate) => person.applications[0]?.current_stage?.id;
      expect('createCandidate', 'in the first stage', true, stageOf(candidate) === stageIds[0]);
      const [, second = ''] = stageIds;
      const other = await gem.people.another({ initial_stage_id: second });
      expect('createCandidate', 'in the named stage', true, stageOf(other.candidate) === second);
    },
  },

  'openings-of-a-job': {
    statement: 'a job gets another opening, which can be closed, and deleted',
    evidence: evidence('C', 'Harvest (gem-ats-api §2.1 #33)'),
    writes: true,
    async check(gem, notes) {
      const { expect, skip } = notes;
      skip('there is no open job with two stages');
      const [job] = await gem.people.jobs();
      if (!job) return;
      const user_id = gem.people.userId();
      const path = { job_id: job.id };
      const body = { user_id, openings: [{ opening_id: 'mock-gem-verification' }] };
      const made = await write<unknown>(gem, 'createOpenings', 201, { path, body });
      const opening = (Array.isArray(made) ? made[0] : made) as GemSchemas['Opening'];
      expect('createOpenings', 'status', literal('open'), oneOfWords(opening.status, ['open', 'closed']));
      const closed = await write<GemSchemas['Opening']>(gem, 'updateOpening', 200, {
        path: { ...path, opening_id: opening.id },
        body: { user_id, status: 'closed' },
      });
      expect('updateOpening', 'status', literal('closed'), oneOfWords(closed.status, ['open', 'closed']));
      const deleted = await write<GemSchemas['DeletedOpenings']>(gem, 'deleteOpenings', 200, {
        path,
        body: { user_id, ids: [opening.id] },
      });
      expect('deleteOpenings', 'deleted', true, deleted.deleted_ids.includes(opening.id));
      await expectGone(gem, notes, {
        id: opening.id,
        item: ['getOpening', { path: { opening_id: opening.id } }],
        lists: [
          ['listOpenings', {}],
          ['listOpeningsOfJob', { path }],
        ],
      });
    },
  },

  'reject-and-unreject': {
    statement:
      'an active application can be rejected, for a reason that can be changed, and taken back; it keeps its stage',
    evidence: evidence('C', 'Harvest (gem-ats-api §5.5)'),
    writes: true,
    async check(gem, { expect }) {
      const { applicationId, stageIds } = await gem.people.another();
      const path = { application_id: applicationId };
      const user_id = gem.people.userId();
      const [reason, other] = gem.records('listRejectionReasons');
      const because = (rejection_reason_id: string | undefined) => ({
        user_id,
        ...(rejection_reason_id && { rejection_reason_id }),
      });

      const rejected = await write<GemSchemas['Application']>(gem, 'rejectApplication', 200, {
        path,
        body: because(reason?.id),
      });
      expect('rejectApplication', 'status', literal('rejected'), oneOfWords(rejected.status, words));
      expect('rejectApplication', 'rejected_at', true, typeof rejected.rejected_at === 'string');
      expect('rejectApplication', 'the stage', true, rejected.current_stage?.id === stageIds[0]);
      if (reason)
        expect('rejectApplication', 'the reason', true, rejected.rejection_reason?.id === reason.id);

      const again = await gem.call('rejectApplication', { path, body: because(reason?.id) });
      expect(
        'rejectApplication when rejected',
        'refused with 400 or 422',
        true,
        again.status === 400 || again.status === 422,
      );

      if (other) {
        const changed = await write<GemSchemas['Application']>(gem, 'changeRejection', 200, {
          path,
          body: because(other.id),
        });
        expect('changeRejection', 'the reason', true, changed.rejection_reason?.id === other.id);
      }
      const taken = await write<GemSchemas['Application']>(gem, 'unrejectApplication', 200, {
        path,
        body: { user_id },
      });
      expect('unrejectApplication', 'status', literal('active'), oneOfWords(taken.status, words));
      expect('unrejectApplication', 'rejected_at', false, typeof taken.rejected_at === 'string');
    },
  },

  'source-of-an-application': {
    statement: 'the source of an application can be changed to another of the list, and to no other',
    evidence: evidence('B', 'body typed by a client (gem-ats-api §5.3)'),
    writes: true,
    async check(gem, { expect, skip }) {
      skip('the account has no source');
      const [source] = gem.records('listSources');
      if (!source) return;
      const path = { application_id: (await gem.people.one()).applicationId };
      const changed = await write<GemSchemas['Application']>(gem, 'updateApplication', 200, {
        path,
        body: { source_id: source.id },
      });
      expect('updateApplication', 'the source', true, changed.source?.id === source.id);
      expect('updateApplication', 'its name', true, changed.source?.public_name === source.name);
      const { status } = await gem.call('updateApplication', { path, body: { source_id: 'bm9ib2R5' } });
      expect(
        'updateApplication with an unknown source',
        'refused',
        true,
        status === 404 || status === 422 || status === 400,
      );
    },
  },

  'transfer-to-another-job': {
    statement: 'an application that is transferred names the other job and stands in its first stage',
    evidence: evidence('C', 'Harvest (gem-ats-api §5.5)'),
    writes: true,
    async check(gem, { expect, skip }) {
      const [, other] = await gem.people.jobs();
      if (!other) return skip('there is one open job with two stages at most');
      const { applicationId } = await gem.people.another();
      const moved = await write<GemSchemas['Application']>(gem, 'transferApplication', 200, {
        path: { application_id: applicationId },
        body: { user_id: gem.people.userId(), new_job_id: other.id },
      });
      expect('transferApplication', 'the job', true, moved.jobs[0]?.id === other.id);
      expect('transferApplication', 'the stage', true, moved.current_stage?.id === other.stageIds[0]);
    },
  },
} satisfies GemPromises;

const words = ['active', 'rejected', 'hired'];
