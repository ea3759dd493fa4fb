import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'a résumé of more than 10 MB is refused',
  evidence: evidence('A', "Gem's CRM reference (facts §5.4)"),
  group: 'writing',
  writes: true,
  async check(gem, { expect }) {
    const path = { candidate_id: (await gem.people.another()).candidateId, user_id: gem.people.userId() };
    const body = new FormData();
    body.append('resume_file', new Blob([Buffer.alloc(11 * 1024 * 1024)]), 'verification.pdf');
    const { status } = await gem.call('uploadResume', { path, body });
    expect('uploadResume', 'refused with 413 or 422', true, status === 413 || status === 422);
  },
} satisfies GemPromise;
