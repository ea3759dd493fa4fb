import { expectEnvelope } from '../envelope.ts';
import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'a body that is no JSON is refused with 400',
  evidence: evidence('C', 'framework default (facts §1.9)'),
  group: 'errors',
  writes: true,
  async check(gem, notes) {
    const answer = await gem.call('createCandidate', {
      body: '{"first_name": ',
      headers: { 'Content-Type': 'application/json' },
    });
    expectEnvelope(notes, 'createCandidate', answer, 400);
  },
} satisfies GemPromise;
