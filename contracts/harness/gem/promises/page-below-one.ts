import { expectEnvelope } from '../envelope.ts';
import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'a page number below 1 is refused with 422',
  evidence: evidence('C', "Gem's CRM reference for its own; framework default (facts §1.5)"),
  group: 'paging',
  async check(gem, notes) {
    for (const { operation, api, ask } of gem.lists()) {
      if (api !== 'board')
        expectEnvelope(notes, operation.id, await ask({ page: 0 }), 422, ['query', 'page']);
    }
  },
} satisfies GemPromise;
