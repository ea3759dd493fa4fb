import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement:
    'the id of a candidate or a user is base64 of a type, a colon and a number, or an imported number',
  evidence: evidence(
    'B',
    "Gem's CRM reference for its own ids; a client decodes those of ATS candidates (facts §1.7)",
  ),
  group: 'records',
  async check(gem, { expect }) {
    for (const list of ['listCandidates', 'listUsers'] as const) {
      const others = gem.records(list).filter(({ id }) => !isGlobal(String(id)));
      if (gem.records(list).length > 0) expect(list, 'ids of another form', 0, others.length);
    }
  },
} satisfies GemPromise;

function isGlobal(id: string): boolean {
  return /^\d+$/.test(id) || /^[A-Za-z]+:\d+$/.test(Buffer.from(id, 'base64').toString());
}
