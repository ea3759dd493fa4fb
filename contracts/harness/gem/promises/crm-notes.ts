import type { GemSchemas } from '../../../gem.ts';
import { evidence, type GemPromise } from '../promise.ts';
import { write } from '../writing.ts';

export default {
  statement: 'a note of the CRM is public unless it is said otherwise, can be read by its id, and deleted',
  evidence: evidence('A', "Gem's CRM reference (facts §7)"),
  group: 'writing',
  writes: true,
  async check(gem, { expect }) {
    const { candidateId } = await gem.people.one();
    const body = {
      candidate_id: candidateId,
      user_id: gem.people.userId(),
      content: 'written by a verification',
    };
    const note = await write<GemSchemas['CrmNote']>(gem, 'createCrmNote', 201, { body });
    expect('createCrmNote', 'is_private', false, note.is_private);
    const path = { note_id: note.id };
    const read = await write<GemSchemas['CrmNote']>(gem, 'getNote', 200, { path });
    expect('getNote', 'the candidate', true, read.candidate_id === candidateId);
    await write(gem, 'deleteNote', 204, { path });
    expect('getNote when deleted', 'status', 404, (await gem.call('getNote', { path })).status);
  },
} satisfies GemPromise;
