import { evidence, type GemPromise } from '../promise.ts';

const lists: ReadonlySet<string> = new Set([
  'listCandidates',
  'listApplications',
  'listJobStages',
  'listOffices',
  'listDepartments',
]);

export default {
  statement: 'candidates, applications, stages, offices and departments that live have no deleted_at at all',
  evidence: evidence('B', 'recorded offices; typed by a client as optional (facts §1.8, §12)'),
  group: 'records',
  async check(gem, { expect }) {
    for (const { operation, rows } of gem.lists().filter((list) => lists.has(list.operation.id))) {
      const wrong = rows.filter((row) => row['deleted_at'] === null);
      if (rows.length > 0) expect(operation.id, 'records with null', 0, wrong.length);
    }
  },
} satisfies GemPromise;
