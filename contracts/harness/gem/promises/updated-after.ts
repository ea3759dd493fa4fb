import { evidence, type GemPromise } from '../promise.ts';
import { expectAfter } from '../time-filters.ts';

export default {
  statement: 'updated_after shows what was changed at that moment or later',
  evidence: evidence('C', 'inclusive as in Harvest (facts §1.6)'),
  group: 'filters',
  check: (gem, notes) =>
    expectAfter(gem, notes, {
      parameter: 'updated_after',
      of: (row) => row['updated_at'] ?? row['last_updated_at'],
    }),
} satisfies GemPromise;
