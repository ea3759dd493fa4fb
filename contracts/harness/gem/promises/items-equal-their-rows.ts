import { isDeepStrictEqual } from 'node:util';
import { unsigned, wasChanged } from '../alike.ts';
import { agrees, same } from '../outcome.ts';
import { evidence, type GemPromise } from '../promise.ts';

/** Each list, the operation that asks for one of its records, and how that one is named. */
const items = [
  ['listCandidates', 'getCandidate', 'candidate_id'],
  ['listApplications', 'getApplication', 'application_id'],
  ['listJobs', 'getJob', 'job_id'],
  ['listJobPosts', 'getJobPost', 'job_post_id'],
  ['listJobStages', 'getJobStage', 'job_stage_id'],
  ['listOffices', 'getOffice', 'office_id'],
  ['listDepartments', 'getDepartment', 'department_id'],
  ['listUsers', 'getUser', 'user_id'],
  ['listScheduledInterviews', 'getScheduledInterview', 'interview_id'],
  ['listScorecards', 'getScorecard', 'scorecard_id'],
  ['listOffers', 'getOffer', 'offer_id'],
  ['listOpenings', 'getOpening', 'opening_id'],
  ['listCrmCandidates', 'getCrmCandidate', 'candidate_id'],
  ['listCrmCustomFields', 'getCrmCustomField', 'custom_field_id'],
] as const;

export default {
  statement: 'a record that is asked for by its id is the same as in its list',
  evidence: evidence('C', 'Harvest (facts §2.1)'),
  group: 'records',
  async check(gem, { expect }) {
    for (const [listId, operation, parameter] of items) {
      const [row] = gem.lists().find((list) => list.operation.id === listId)?.rows ?? [];
      if (!row) continue;
      const { status, body } = await gem.call(operation, { path: { [parameter]: String(row['id']) } });
      // That the operation is there at all is a promise of its own.
      if (status !== 200 || wasChanged(row, body)) continue;
      expect(operation, 'the record', same, agrees(isDeepStrictEqual(unsigned(body), unsigned(row))));
    }
  },
} satisfies GemPromise;
