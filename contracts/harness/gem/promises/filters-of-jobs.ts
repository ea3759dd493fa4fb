import { expectExact } from '../exact-filters.ts';
import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'requisition_id, department_id and office_id show exactly the jobs that have them',
  evidence: evidence('B', 'parameters typed by a client (facts §2.2)'),
  group: 'filters',
  async check(gem, notes) {
    const jobs = gem.list('listJobs');
    await expectExact(notes, jobs, 'requisition_id', ({ requisition_id: id }) => [id]);
    await expectExact(notes, jobs, 'department_id', ({ departments }) => idsOf(departments));
    await expectExact(notes, jobs, 'office_id', ({ offices }) => idsOf(offices));
  },
} satisfies GemPromise;

function idsOf(list: unknown): string[] {
  // As the description has them; otherwise there is nothing to look at.
  return (list as { id: string }[]).map(({ id }) => id);
}
