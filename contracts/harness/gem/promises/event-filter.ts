import { expectExact } from '../exact-filters.ts';
import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'external_event_id shows exactly the interviews of a calendar event',
  evidence: evidence('B', 'parameter typed by a client (facts §2.2)'),
  group: 'filters',
  check: (gem, notes) =>
    expectExact(notes, gem.list('listScheduledInterviews'), 'external_event_id', (row) => [
      row['external_event_id'],
    ]),
} satisfies GemPromise;
