import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'who is created with a known e-mail address is the person who has it, with one more application',
  evidence: evidence('D', "Gem's own app does so; nothing is known of the API (facts §14 #4)"),
  group: 'writing',
  writes: true,
  async check(gem, { expect, unseen }) {
    const [, other] = await gem.people.jobs();
    if (!other) return unseen('there is one open job with two stages at most');
    const { email, candidateId } = await gem.people.another();
    const { candidate } = await gem.people.another({ email: email.toUpperCase(), job_id: other.id });
    expect('createCandidate', 'the same person', true, candidate.id === candidateId);
    expect('createCandidate', 'applications', 2, candidate.applications.length);
  },
} satisfies GemPromise;
