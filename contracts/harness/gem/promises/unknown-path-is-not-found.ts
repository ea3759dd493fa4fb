import { expectEnvelope } from '../envelope.ts';
import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: "a path that does not exist is answered with 404 in the application's envelope",
  evidence: evidence('C', 'framework default (facts §1.9)'),
  group: 'errors',
  async check(gem, notes) {
    expectEnvelope(notes, 'a path of the ATS', await gem.send('GET', '/ats/v0/mock_gem_unknown/'), 404);
  },
} satisfies GemPromise;
