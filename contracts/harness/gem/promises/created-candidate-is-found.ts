import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'a created candidate is found at once by id, by e-mail address, and by what was changed lately',
  evidence: evidence('C', 'Harvest warns that it may take a while (facts §10)'),
  group: 'writing',
  writes: true,
  async check(gem, { expect }) {
    const { candidateId, email, candidate } = await gem.people.one();
    const { status } = await gem.call('getCandidate', { path: { candidate_id: candidateId } });
    expect('getCandidate', 'status', 200, status);
    const list = gem.list('listCandidates');
    const byAddress = await list.read({ email });
    expect('listCandidates by email', 'records', 1, byAddress.length);
    const changed = await list.read({ updated_after: candidate.created_at, email });
    expect('listCandidates by updated_after', 'records', 1, changed.length);
  },
} satisfies GemPromise;
