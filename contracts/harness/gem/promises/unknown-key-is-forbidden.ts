import { expectGateway } from '../gateway.ts';
import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'a key that is none is refused as no key is',
  evidence: evidence('C', "the gateway's default for invalid keys (facts §1.2)"),
  group: 'access',
  async check(gem, notes) {
    const answer = await gem.call('listJobs', { headers: { 'X-API-Key': 'no-key-at-all' } });
    expectGateway(notes, 'listJobs', answer, 403, 'Forbidden');
  },
} satisfies GemPromise;
