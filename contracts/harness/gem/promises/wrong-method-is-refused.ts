import { expectEnvelope } from '../envelope.ts';
import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'a method that a path does not know is refused with 405',
  evidence: evidence('C', 'framework default (facts §1.9)'),
  group: 'errors',
  // Nobody can tell what an unknown method of the real Gem would do.
  writes: true,
  async check(gem, notes) {
    const answer = await gem.send('PUT', '/ats/v0/offices/', { body: {} });
    expectEnvelope(notes, 'PUT on a list', answer, 405, [], '/components/responses/MethodNotAllowed');
  },
} satisfies GemPromise;
