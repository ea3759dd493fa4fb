import type { GemSchemas } from '../../../gem.ts';
import { evidence, type GemPromise } from '../promise.ts';
import { nameless } from '../shown.ts';

export default {
  statement: 'a note is private when its visibility is',
  evidence: evidence('B', 'both fields are typed by a client (facts §3.11)'),
  group: 'records',
  async check(gem, { expect, unseen }) {
    unseen('no candidate that was looked at has a note');
    const noted = gem.lists().find((list) => list.operation.id === 'listNotes');
    const candidateId = noted?.rows[0]?.['candidate_id'];
    if (typeof candidateId !== 'string') return;
    const { body } = await gem.call('getActivityFeed', { path: { candidate_id: candidateId } });
    for (const note of (body as GemSchemas['ActivityFeed']).notes) {
      expect(`note ${nameless(note.id)}`, 'private', note.visibility === 'private', note.private);
    }
  },
} satisfies GemPromise;
