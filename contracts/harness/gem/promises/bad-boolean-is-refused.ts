import { expectEnvelope } from '../envelope.ts';
import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'include_deleted, live and active take true and false, and refuse other words with 422',
  evidence: evidence('C', 'framework default (facts §1.6, §1.9)'),
  group: 'errors',
  async check(gem, notes) {
    for (const parameter of ['include_deleted', 'live', 'active']) {
      for (const { operation, ask } of gem.lists({ takes: parameter })) {
        const answer = await ask({ [parameter]: 'perhaps' });
        expectEnvelope(notes, `${operation.id} by ${parameter}`, answer, 422, ['query', parameter]);
      }
    }
  },
} satisfies GemPromise;
