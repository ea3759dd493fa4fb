import { evidence, type GemPromise } from '../promise.ts';
import { expectBefore } from '../time-filters.ts';

export default {
  statement: 'updated_before shows what was last changed before that moment',
  evidence: evidence('C', 'exclusive as in Harvest (facts §1.6)'),
  group: 'filters',
  check: (gem, notes) =>
    expectBefore(gem, notes, {
      parameter: 'updated_before',
      of: (row) => row['updated_at'] ?? row['last_updated_at'],
    }),
} satisfies GemPromise;
