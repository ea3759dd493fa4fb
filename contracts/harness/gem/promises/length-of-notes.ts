import { expectEnvelope } from '../envelope.ts';
import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'a note has 10,000 characters at most; a longer one is refused with 422',
  evidence: evidence('B', 'limit typed by a client and documented for the CRM (facts §5.2)'),
  group: 'writing',
  writes: true,
  async check(gem, notes) {
    const path = { candidate_id: (await gem.people.one()).candidateId };
    const body = { user_id: gem.people.userId(), visibility: 'public' };
    const longest = await gem.call('createNote', { path, body: { ...body, body: 'x'.repeat(10_000) } });
    notes.expect('createNote', 'status with 10,000', 201, longest.status);
    const longer = await gem.call('createNote', { path, body: { ...body, body: 'x'.repeat(10_001) } });
    expectEnvelope(notes, 'createNote with 10,001', longer, 422, ['json', 'body']);
  },
} satisfies GemPromise;
