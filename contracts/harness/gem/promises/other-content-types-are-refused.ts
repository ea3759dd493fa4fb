import { expectEnvelope } from '../envelope.ts';
import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'a body of another content type than JSON is refused with 415',
  evidence: evidence('C', 'framework default (facts §1.9)'),
  group: 'errors',
  place: '/components/responses/UnsupportedMediaType',
  writes: true,
  async check(gem, notes) {
    const answer = await gem.call('createCandidate', {
      body: 'nothing',
      headers: { 'Content-Type': 'text/plain' },
    });
    expectEnvelope(notes, 'createCandidate', answer, 415);
  },
} satisfies GemPromise;
