import { writesWithBody } from '../bodies.ts';
import { complaintOf, expectEnvelope } from '../envelope.ts';
import { evidence, type GemPromise } from '../promise.ts';
import { oneOfWords, ours } from '../shown.ts';

export default {
  statement: 'a field of a body that a call does not know is refused with 422 and "Unknown field."',
  evidence: evidence('C', 'framework default (facts §1.6, §14 #11)'),
  group: 'writing',
  writes: true,
  async check(gem, notes) {
    const text = 'Unknown field.';
    for (const { operation, path } of writesWithBody(await gem.people.another())) {
      if (operation.id === 'updateCurrentOffer') continue;
      const answer = await gem.call(operation.id, { path, body: { mock_gem_unknown: '1' } });
      const field = ['json', 'mock_gem_unknown'];
      expectEnvelope(notes, operation.id, answer, 422, field);
      notes.expect(operation.id, 'text', ours(text), oneOfWords(complaintOf(answer, field), [text]));
    }
  },
} satisfies GemPromise;
