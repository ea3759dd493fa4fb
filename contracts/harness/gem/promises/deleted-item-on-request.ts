import { expectEnvelope } from '../envelope.ts';
import { evidence, type GemPromise } from '../promise.ts';

/** Lists whose records can be asked for by their id. */
const items = [
  ['listCandidates', 'getCandidate', 'candidate_id'],
  ['listApplications', 'getApplication', 'application_id'],
  ['listJobs', 'getJob', 'job_id'],
  ['listJobStages', 'getJobStage', 'job_stage_id'],
  ['listOffices', 'getOffice', 'office_id'],
  ['listUsers', 'getUser', 'user_id'],
] as const;

export default {
  statement: 'a deleted record is 404 by its id, unless include_deleted is asked for',
  evidence: evidence('D', 'mirrors the lists (facts §14 #8)'),
  group: 'records',
  place: '/components/parameters/IncludeDeletedRecord',
  async check(gem, notes) {
    notes.unseen('no list shows a deleted record');
    for (const [listId, operation, parameter] of items) {
      const { read, size } = gem.list(listId);
      const all = await read({ include_deleted: 'true', [size.name]: size.most });
      const deleted = all.find((row) => typeof row['deleted_at'] === 'string');
      if (!deleted) continue;
      const path = { [parameter]: String(deleted['id']) };
      expectEnvelope(notes, operation, await gem.call(operation, { path }), 404);
      const { status } = await gem.call(operation, { path, query: { include_deleted: 'true' } });
      notes.expect(operation, 'status with include_deleted', 200, status);
    }
  },
} satisfies GemPromise;
