import { expectEnvelope } from '../envelope.ts';
import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: "a wrong application secret is refused with 403 in the application's envelope",
  evidence: evidence('D', 'unknown (facts §1.2, §14 #12)'),
  group: 'access',
  async check(gem, notes) {
    if (!gem.hasSecret) return notes.unseen('no application secret was given');
    const answer = await gem.call('listJobs', { headers: { 'X-Application-Secret': 'not-the-secret' } });
    expectEnvelope(notes, 'listJobs', answer, 403);
  },
} satisfies GemPromise;
