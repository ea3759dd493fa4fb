import { evidence, type GemPromise } from '../promise.ts';
import { expectAfter } from '../time-filters.ts';

export default {
  statement:
    'last_activity_after shows the applications around which something happened at that moment or later',
  evidence: evidence('C', 'polled for hires; inclusive as in Harvest (facts §1.6, §9)'),
  group: 'filters',
  check: (gem, notes) =>
    expectAfter(gem, notes, { parameter: 'last_activity_after', of: (row) => row['last_activity_at'] }),
} satisfies GemPromise;
