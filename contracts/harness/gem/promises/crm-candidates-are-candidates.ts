import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'a candidate has the same id in the CRM as in the ATS',
  evidence: evidence('B', 'a client passes one id to both (facts §1.7)'),
  group: 'records',
  place: '/components/parameters/CandidateId',
  async check(gem, { expect }) {
    const [candidate] = gem.records('listCandidates');
    if (!candidate) return;
    const { status } = await gem.call('getCrmCandidate', { path: { candidate_id: candidate.id } });
    expect('getCrmCandidate', 'status', 200, status);
  },
} satisfies GemPromise;
