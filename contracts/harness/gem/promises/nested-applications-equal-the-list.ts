import { isDeepStrictEqual } from 'node:util';
import { wasChanged } from '../alike.ts';
import { agrees, same } from '../outcome.ts';
import { evidence, type GemPromise } from '../promise.ts';
import { nameless } from '../shown.ts';

export default {
  statement: 'the applications inside a candidate are the same as in their own list',
  evidence: evidence('B', 'a vendor reads stage, source and reason from the nested ones (facts §3.1)'),
  group: 'records',
  async check(gem, { expect }) {
    const nested = new Map(
      gem
        .records('listCandidates')
        .flatMap(({ applications }) => applications.map((one) => [one.id, one] as const)),
    );
    for (const one of gem.records('listApplications')) {
      const inside = nested.get(one.id);
      if (!inside || wasChanged(inside, one)) continue;
      expect(`application ${nameless(one.id)}`, 'both forms', same, agrees(isDeepStrictEqual(inside, one)));
    }
  },
} satisfies GemPromise;
