import { expectEnvelope } from '../envelope.ts';
import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'more than 50 candidate_ids are refused with 422 in the ATS, more than 20 in the CRM',
  evidence: evidence('C', "Harvest for the ATS; Gem's CRM reference for its own (facts §2.2, §14 #15)"),
  group: 'filters',
  async check(gem, notes) {
    for (const [operation, most] of [
      ['listCandidates', 50],
      ['listCrmCandidates', 20],
    ] as const) {
      const ids = Array.from({ length: most + 1 }, (_, index) => String(index + 1));
      const answer = await gem.list(operation).ask({ candidate_ids: ids });
      expectEnvelope(notes, operation, answer, 422, ['query', 'candidate_ids']);
    }
  },
} satisfies GemPromise;
