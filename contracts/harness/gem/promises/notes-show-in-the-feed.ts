import type { GemSchemas } from '../../../gem.ts';
import { evidence, type GemPromise } from '../promise.ts';
import { write } from '../writing.ts';

export default {
  statement:
    'a note is created in the name of a user, and shows in the activity feed and among the notes of the CRM',
  evidence: evidence('B', 'body and answer typed by a client; the feed from Harvest (facts §3.11, §5.2)'),
  group: 'writing',
  writes: true,
  async check(gem, { expect }) {
    const path = { candidate_id: (await gem.people.another()).candidateId };
    for (const visibility of ['public', 'private'] as const) {
      const body = { user_id: gem.people.userId(), body: 'written by a verification', visibility };
      const note = await write<GemSchemas['Note']>(gem, 'createNote', 201, { path, body });
      expect('createNote', 'the author', true, note.user.id === body.user_id);
      expect('createNote', 'the text', true, note.body === body.body);
      expect('createNote', 'private', visibility === 'private', note.private);
      const feed = await write<GemSchemas['ActivityFeed']>(gem, 'getActivityFeed', 200, { path });
      expect(
        'getActivityFeed',
        'the note',
        true,
        feed.notes.some(({ id }) => id === note.id),
      );
    }
    const notes = await write<GemSchemas['CrmNote'][]>(gem, 'listNotes', 200, { path });
    expect('listNotes', 'notes', 2, notes.length);
  },
} satisfies GemPromise;
