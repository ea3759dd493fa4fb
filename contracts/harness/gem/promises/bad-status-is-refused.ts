import { expectEnvelope } from '../envelope.ts';
import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'a list that is asked for a status which does not exist answers 422',
  evidence: evidence(
    'D',
    'Harvest answers with an empty list, the framework would refuse (facts §1.6, §14 #10)',
  ),
  group: 'errors',
  async check(gem, notes) {
    for (const { operation, ask } of gem.lists({ takes: 'status' })) {
      expectEnvelope(notes, operation.id, await ask({ status: 'no_such_status' }), 422, ['query', 'status']);
    }
  },
} satisfies GemPromise;
