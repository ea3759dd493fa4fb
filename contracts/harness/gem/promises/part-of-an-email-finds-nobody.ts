import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'a part of an e-mail address finds no candidate in the ATS, and does in the CRM',
  evidence: evidence(
    'A',
    "Gem's CRM reference for its own; the ATS filter is exact as used live (facts §1.6, §7)",
  ),
  group: 'filters',
  async check(gem, { expect, unseen }) {
    unseen('no candidate has an e-mail address');
    const address = gem
      .records('listCrmCandidates')
      .flatMap(({ emails }) => emails)
      .map(({ email_address: text }) => text)
      .find((text) => /^[a-z0-9.]{4,}@[a-z0-9.]{4,}$/.test(text));
    if (address === undefined) return;
    const email = address.slice(1);
    expect(
      'listCandidates',
      'records with a part',
      0,
      (await gem.list('listCandidates').read({ email })).length,
    );
    const found = await gem.list('listCrmCandidates').read({ email });
    expect('listCrmCandidates', 'somebody with a part', true, found.length > 0);
  },
} satisfies GemPromise;
