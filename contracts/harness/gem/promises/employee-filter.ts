import { expectExact } from '../exact-filters.ts';
import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'employee_id shows exactly the users who have it',
  evidence: evidence('C', 'Harvest (facts §2.2)'),
  group: 'filters',
  check: (gem, notes) =>
    expectExact(notes, gem.list('listUsers'), 'employee_id', (row) => [row['employee_id']]),
} satisfies GemPromise;
