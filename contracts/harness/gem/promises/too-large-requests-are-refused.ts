import { expectGateway } from '../gateway.ts';
import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'a request of more than 10 MB is refused with 413 by the gateway',
  evidence: evidence('C', 'gateway default (facts §1.4)'),
  group: 'errors',
  place: '/components/responses/PayloadTooLarge',
  writes: true,
  async check(gem, notes) {
    const body = { ...(await gem.people.body()), title: 'x'.repeat(11 * 1024 * 1024) };
    const answer = await gem.call('createCandidate', { body });
    expectGateway(notes, 'createCandidate', answer, 413, 'Request Too Long');
  },
} satisfies GemPromise;
