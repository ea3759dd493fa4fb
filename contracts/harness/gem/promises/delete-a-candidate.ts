import type { GemSchemas } from '../../../gem.ts';
import { expectEnvelope } from '../envelope.ts';
import { evidence, type GemPromise } from '../promise.ts';
import { write } from '../writing.ts';

export default {
  statement: 'a deleted candidate is 404 by id, and with include_deleted a record that carries deleted_at',
  evidence: evidence('C', "Harvest; the CRM's call is documented (facts §2.1 #5, §14 #8)"),
  group: 'writing',
  writes: true,
  async check(gem, notes) {
    const { candidateId, email } = await gem.people.another();
    const path = { candidate_id: candidateId };
    await write(gem, 'deleteCandidate', 204, { path });
    expectEnvelope(notes, 'getCandidate', await gem.call('getCandidate', { path }), 404);
    const living = await gem.list('listCandidates').read({ email });
    notes.expect('listCandidates', 'records', 0, living.length);
    const query = { include_deleted: 'true' };
    const tombstone = await write<GemSchemas['Candidate']>(gem, 'getCandidate', 200, { path, query });
    notes.expect(
      'getCandidate with include_deleted',
      'deleted_at',
      true,
      typeof tombstone.deleted_at === 'string',
    );
  },
} satisfies GemPromise;
