import { isNode } from '../document.ts';
import type { Row } from '../lists.ts';
import { evidence, type GemPromise } from '../promise.ts';
import { expectAfter, expectBefore } from '../time-filters.ts';

export default {
  statement:
    'ends_after and ends_before show interviews by their end, the first with the moment itself and the second without',
  evidence: evidence('C', 'parameters typed by a client; bounds as in Harvest (facts §1.6, §2.2)'),
  group: 'filters',
  async check(gem, notes) {
    const interviews = { ...gem, lists: () => [gem.list('listScheduledInterviews')] };
    await expectAfter(interviews, notes, { parameter: 'ends_after', of: timeOf });
    await expectBefore(interviews, notes, { parameter: 'ends_before', of: timeOf });
  },
} satisfies GemPromise;

function timeOf({ end: time }: Row): unknown {
  return isNode(time) ? time['date_time'] : undefined;
}
