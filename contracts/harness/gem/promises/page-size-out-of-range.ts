import { expectEnvelope } from '../envelope.ts';
import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'a page size below 1, or above 500 in the ATS and 100 in the CRM, is refused with 422',
  evidence: evidence('C', "Gem's CRM reference for its own; framework default (facts §1.5)"),
  group: 'paging',
  async check(gem, notes) {
    for (const { operation, api, size, ask } of gem.lists()) {
      if (api === 'board') continue;
      for (const asked of [0, size.most + 1]) {
        const answer = await ask({ [size.name]: asked });
        expectEnvelope(notes, `${operation.id} with ${asked}`, answer, 422, ['query', size.name]);
      }
    }
  },
} satisfies GemPromise;
