import { evidence, type GemPromise } from '../promise.ts';
import { expectAfter } from '../time-filters.ts';

export default {
  statement: 'created_after shows what was created at that moment or later',
  evidence: evidence('C', 'inclusive as in Harvest (facts §1.6)'),
  group: 'filters',
  check: (gem, notes) =>
    expectAfter(gem, notes, {
      parameter: 'created_after',
      of: (row) => row['created_at'] ?? row['applied_at'] ?? row['timestamp'],
    }),
} satisfies GemPromise;
