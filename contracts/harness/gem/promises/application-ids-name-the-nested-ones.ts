import { evidence, type GemPromise } from '../promise.ts';
import { nameless } from '../shown.ts';

export default {
  statement:
    'application_ids of a candidate are the ids of the applications inside, and these name the candidate',
  evidence: evidence('B', 'fields typed by a client (facts §3.1)'),
  group: 'records',
  async check(gem, { expect }) {
    for (const { id, application_ids: ids, applications } of gem.records('listCandidates')) {
      const about = `candidate ${nameless(id)}`;
      const inside = applications.map((one) => one.id).toSorted();
      expect(about, 'application_ids', true, inside.join() === ids.toSorted().join());
      const strange = applications.filter((one) => one.candidate_id !== id);
      expect(about, 'applications of others', 0, strange.length);
    }
  },
} satisfies GemPromise;
