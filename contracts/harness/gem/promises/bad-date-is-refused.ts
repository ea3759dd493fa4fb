import { expectEnvelope } from '../envelope.ts';
import { evidence, type GemPromise } from '../promise.ts';

const parameters = ['created_after', 'updated_after', 'last_activity_after', 'starts_after', 'ends_before'];

export default {
  statement: 'a time that is none is refused with 422',
  evidence: evidence(
    'A',
    "Gem's CRM reference lists the status; the place by framework default (facts §1.9, §14 #10)",
  ),
  group: 'errors',
  async check(gem, notes) {
    for (const parameter of parameters) {
      for (const { operation, ask } of gem.lists({ takes: parameter })) {
        const answer = await ask({ [parameter]: 'yesterday' });
        expectEnvelope(notes, `${operation.id} by ${parameter}`, answer, 422, ['query', parameter]);
      }
    }
  },
} satisfies GemPromise;
