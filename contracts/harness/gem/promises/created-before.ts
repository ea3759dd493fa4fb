import { evidence, type GemPromise } from '../promise.ts';
import { expectBefore } from '../time-filters.ts';

export default {
  statement: 'created_before shows what was created before that moment',
  evidence: evidence('C', 'exclusive as in Harvest (facts §1.6)'),
  group: 'filters',
  check: (gem, notes) =>
    expectBefore(gem, notes, {
      parameter: 'created_before',
      of: (row) => row['created_at'] ?? row['applied_at'] ?? row['timestamp'],
    }),
} satisfies GemPromise;
