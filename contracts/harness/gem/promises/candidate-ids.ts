import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'candidate_ids shows exactly these candidates, be they repeated or in one value with commas',
  evidence: evidence('C', 'array typed by a client; comma form from Harvest (facts §2.2, §14 #15)'),
  group: 'filters',
  async check(gem, { expect, unseen }) {
    unseen('there are not four candidates');
    const list = gem.list('listCandidates');
    const ids = list.rows.slice(1, 4).map(({ id }) => String(id));
    if (ids.length < 3) return;
    const wanted = ids.toSorted().join();
    const withCommas = await list.read({ candidate_ids: ids });
    expect(
      'listCandidates',
      'exactly these with commas',
      true,
      wanted === idsOf(withCommas),
      list.placeOf('candidate_ids'),
    );
    const search = ids.map((id) => `candidate_ids=${encodeURIComponent(id)}`).join('&');
    const { body } = await gem.send('GET', `${list.operation.path}?${search}`);
    const isExact = Array.isArray(body) && wanted === idsOf(body as { id: string }[]);
    expect('listCandidates', 'exactly these when repeated', true, isExact, list.placeOf('candidate_ids'));
  },
} satisfies GemPromise;

function idsOf(rows: readonly { readonly id?: unknown }[]): string {
  return rows
    .map(({ id }) => String(id))
    .toSorted()
    .join();
}
