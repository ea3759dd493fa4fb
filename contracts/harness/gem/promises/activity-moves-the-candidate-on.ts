import { evidence, type GemPromise } from '../promise.ts';
import { nameless } from '../shown.ts';

export default {
  statement: 'the last activity of a candidate is not before that of any of their applications',
  evidence: evidence('C', 'Harvest; polling for hires needs it (facts §14 #14)'),
  group: 'records',
  async check(gem, { expect }) {
    for (const { id, last_activity: last, applications } of gem.records('listCandidates')) {
      if (last === null || applications.length === 0) continue;
      const later = applications.filter(({ last_activity_at: at }) => Date.parse(at) > Date.parse(last));
      expect(`candidate ${nameless(id)}`, 'applications with a later activity', 0, later.length);
    }
  },
} satisfies GemPromise;
