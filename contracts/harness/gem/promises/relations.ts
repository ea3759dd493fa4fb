// Promises about relations between records, by name.
import { singles } from '../deleted-records.ts';
import { isDeepStrictEqual } from 'node:util';
import { withoutSignatures, wasChanged } from '../same-answer.ts';
import { rowsOf, type Row } from '../lists.ts';
import { agrees, sameWord } from '../outcome.ts';
import { evidence, type GemPromises } from '../promise.ts';
import { anonymousId } from '../../../drift/shape.ts';

export default {
  'activity-moves-the-candidate-on': {
    statement: 'the last activity of a candidate is not before that of any of their applications',
    evidence: evidence('C', 'Harvest; polling for hires needs it (gem-ats-api §14 #14)'),
    async check(gem, { expect }) {
      for (const { id, last_activity: last, applications } of gem.records('listCandidates')) {
        if (last === null || applications.length === 0) continue;
        const later = applications.filter(({ last_activity_at: at }) => Date.parse(at) > Date.parse(last));
        expect(`candidate ${anonymousId(id)}`, 'applications with a later activity', 0, later.length);
      }
    },
  },

  'application-ids-name-the-nested-ones': {
    statement:
      'application_ids of a candidate are the ids of the applications inside, and these name the candidate',
    evidence: evidence('B', 'fields typed by a client (gem-ats-api §3.1)'),
    async check(gem, { expect }) {
      for (const { id, application_ids: ids, applications } of gem.records('listCandidates')) {
        const about = `candidate ${anonymousId(id)}`;
        const inside = applications.map((one) => one.id).toSorted();
        expect(about, 'application_ids', true, inside.join() === ids.toSorted().join());
        const strange = applications.filter((one) => one.candidate_id !== id);
        expect(about, 'applications of others', 0, strange.length);
      }
    },
  },

  'crm-candidates-are-candidates': {
    statement: 'a candidate has the same id in the CRM as in the ATS',
    evidence: evidence('B', 'a client passes one id to both (gem-ats-api §1.7)'),
    place: '/components/parameters/CandidateId',
    async check(gem, { expect }) {
      const [candidate] = gem.records('listCandidates');
      if (!candidate) return;
      const { status } = await gem.call('getCrmCandidate', { path: { candidate_id: candidate.id } });
      expect('getCrmCandidate', 'status', 200, status);
    },
  },

  'hired-applications-keep-their-stage': {
    statement: 'a hired application keeps its last stage',
    evidence: evidence('D', 'Harvest has null; a client would fail on it (gem-ats-api §14 #13)'),
    async check(gem, { expect, skip }) {
      skip('nobody was hired');
      const hired = gem.records('listApplications').filter(({ status }) => status === 'hired');
      const without = hired.filter(({ current_stage: stage }) => !stage);
      if (hired.length > 0)
        expect('listApplications', 'some with a stage', true, without.length < hired.length);
    },
  },

  'items-equal-their-rows': {
    statement: 'a record that is asked for by its id is the same as in its list',
    evidence: evidence('C', 'Harvest (gem-ats-api §2.1)'),
    async check(gem, { expect }) {
      for (const [listId, operation, parameter] of items) {
        const rows = gem.everyList().find((list) => list.operation.id === listId)?.rows ?? [];
        // The one with the most in it shows what the first may not have.
        for (const row of new Set([...rows.slice(0, 1), ...richest(rows)])) {
          const { status, body } = await gem.call(operation, { path: { [parameter]: String(row['id']) } });
          // That the operation is there at all is a promise of its own.
          if (status !== 200 || wasChanged(row, body)) continue;
          const isAlike = isDeepStrictEqual(withoutSignatures(body), withoutSignatures(row));
          expect(operation, 'the record', sameWord, agrees(isAlike));
        }
      }
    },
  },

  'nested-applications-equal-the-list': {
    statement: 'the applications inside a candidate are the same as in their own list',
    evidence: evidence(
      'B',
      'a vendor reads stage, source and reason from the nested ones (gem-ats-api §3.1)',
    ),
    async check(gem, { expect }) {
      const nested = new Map(
        gem
          .records('listCandidates')
          .flatMap(({ applications }) => applications.map((one) => [one.id, one] as const)),
      );
      for (const one of gem.records('listApplications')) {
        const inside = nested.get(one.id);
        if (!inside || wasChanged(inside, one)) continue;
        expect(
          `application ${anonymousId(one.id)}`,
          'both forms',
          sameWord,
          agrees(isDeepStrictEqual(inside, one)),
        );
      }
    },
  },

  'rejected-applications-keep-their-stage': {
    statement: 'a rejected application keeps the stage in which it was rejected',
    evidence: evidence('B', 'a client sorts rejections by it (gem-ats-api §3.2)'),
    async check(gem, { expect, skip }) {
      skip('no application is rejected');
      const rejected = gem.records('listApplications').filter(({ status }) => status === 'rejected');
      const without = rejected.filter(({ current_stage: stage }) => !stage);
      if (rejected.length > 0)
        expect('listApplications', 'some with a stage', true, without.length < rejected.length);
    },
  },

  'rejection-shows-when-rejected': {
    statement: 'an application has rejected_at when it is rejected, and neither that nor a reason otherwise',
    evidence: evidence('B', 'typed by a client as optional (gem-ats-api §3.2)'),
    async check(gem, { expect }) {
      for (const one of gem.records('listApplications')) {
        const about = `application ${anonymousId(one.id)}`;
        const isRejected = one.status === 'rejected';
        expect(about, 'rejected and has rejected_at', isRejected, typeof one.rejected_at === 'string');
        if (!isRejected) expect(about, 'a reason', false, Boolean(one.rejection_reason));
      }
    },
  },

  'scorecards-of-interviewers-exist': {
    statement: 'the scorecard that an interviewer names can be read, and is about the same application',
    evidence: evidence('B', 'a client counts the empty ones (gem-ats-api §3.7)'),
    async check(gem, { expect, skip }) {
      skip('no interviewer has handed in a scorecard');
      const named = gem
        .records('listScheduledInterviews')
        .flatMap(({ application_id, interviewers }) =>
          interviewers.map(({ scorecard_id }) => ({ application_id, scorecard_id })),
        );
      for (const { application_id: applicationId, scorecard_id: scorecardId } of named) {
        if (scorecardId === null) continue;
        const { status, body } = await gem.call('getScorecard', {
          path: { scorecard_id: scorecardId },
          query: { include_deleted: 'true' },
        });
        if (!expect('getScorecard', 'status', 200, status)) return;
        const isSame = (body as { application_id: unknown }).application_id === applicationId;
        expect('getScorecard', 'the same application', true, isSame);
        // One is enough: each costs a request.
        return;
      }
    },
  },

  'sources-are-those-of-applications': {
    statement: 'the source of an application stands in the list of sources, under the same name',
    evidence: evidence('C', 'Harvest; a vendor waits for a new source to show up (gem-ats-api §2.1 #34)'),
    async check(gem, { expect, skip }) {
      skip('no application has a source');
      const { read, pageSize } = gem.list('listSources');
      // As the description has them; otherwise there is nothing to look at.
      const sources = (await read({ include_deleted: 'true', [pageSize.name]: pageSize.max })) as unknown as {
        id: string;
        name: string;
      }[];
      const used = gem.records('listApplications').flatMap(({ source }) => source ?? []);
      const strange = used.filter(
        ({ id, public_name: name }) => !sources.some((one) => one.id === id && one.name === name),
      );
      if (used.length > 0) expect('listSources', 'sources that are missing', 0, strange.length);
    },
  },

  'stages-belong-to-their-job': {
    statement:
      'the stages of a job are those of the list of stages that name it, and their priorities count from 0',
    evidence: evidence('B', 'a client sorts by priority (gem-ats-api §3.5)'),
    async check(gem, { expect, skip }) {
      skip('no job has stages');
      const stages = gem.records('listJobStages');
      const jobs = gem.records('listJobs').filter(({ id }) => stages.some((stage) => stage.job_id === id));
      // A few are enough: each costs a request.
      for (const { id: jobId } of jobs.slice(0, 3)) {
        const about = `job ${anonymousId(jobId)}`;
        const answer = await gem.call('listStagesOfJob', {
          path: { job_id: jobId },
          query: { per_page: 500 },
        });
        // The list is the one whose records these are.
        const own = rowsOf('listStagesOfJob', answer) as unknown as typeof stages;
        expect(about, 'stages of other jobs', 0, own.filter((stage) => stage.job_id !== jobId).length);
        const missing = stages.filter(
          ({ id, job_id: of }) => of === jobId && !own.some((stage) => stage.id === id),
        );
        expect(about, 'missing stages', 0, missing.length);
        expect(
          about,
          'a priority below 0',
          false,
          own.some(({ priority }) => priority < 0),
        );
      }
    },
  },

  'team-users-are-users': {
    statement: 'a user has the same id in the CRM as in the ATS',
    evidence: evidence('B', 'a client passes ids from the one to the other (gem-ats-api §1.7)'),
    async check(gem, { expect }) {
      const [user] = gem.records('listTeamUsers');
      if (!user) return;
      const { status } = await gem.call('getUser', { path: { user_id: user.id } });
      const isListed = gem.records('listUsers').some(({ id }) => id === user.id);
      expect('listTeamUsers', 'known to the ATS', true, isListed || status === 200);
    },
  },
} satisfies GemPromises;

/** The record that takes the most room. */
function richest(rows: readonly Row[]): readonly Row[] {
  return rows
    .map((row) => ({ row, size: JSON.stringify(row).length }))
    .toSorted((one, other) => other.size - one.size)
    .slice(0, 1)
    .map(({ row }) => row);
}

/** Each list, the operation that asks for one of its records, and how that one is named. */
const items = [
  ...singles,
  ['listCrmCandidates', 'getCrmCandidate', 'candidate_id'],
  ['listCrmCustomFields', 'getCrmCustomField', 'custom_field_id'],
] as const;
