// Notes that repeat themselves, and Gems that do not show theirs (kombo-unified-api §3.4).
import { expect, test } from 'vitest';
import { writeNote } from '../../../connector/actions/add-result-link.ts';
import { GemRefusedInput, GemUnavailable } from '../../../connector/gem/errors.ts';
import { scriptGem, type Asked } from './support/scripted-gem.ts';

const about = { candidateId: 'jane', userId: 'uma' };
const at = '2026-03-01T09:00:00.000Z';

const crmNote = (content: string, user_id = 'uma') => ({
  candidate_id: 'jane',
  content,
  id: 'note',
  is_private: false,
  timestamp: 1,
  user_id,
});
const written = {
  body: 'text',
  created_at: at,
  id: 'note',
  private: false,
  user: { employee_id: null, first_name: 'Uma', id: 'uma', last_name: 'User', name: 'Uma User' },
  visibility: 'public',
};

const isRead = ({ method }: Asked) => method === 'GET';
const writesOf = (asked: readonly Asked[]) => asked.filter(({ method }) => method === 'POST');

/** A Gem with pages of notes, which takes new ones. */
const withNotes = (...pages: object[][]) =>
  scriptGem((asked) =>
    isRead(asked) ? [200, pages[Number(asked.query.get('page')) - 1] ?? []] : [201, written],
  );

test('a note is written about the candidate, in the name of the user, for the whole team', async () => {
  const { gem, asked } = await withNotes();
  await writeNote(gem, about, 'text');
  const [write] = writesOf(asked);
  expect(write?.path).toBe('/ats/v0/candidates/jane/activity_feed/notes');
  expect(JSON.parse(write?.body ?? '')).toEqual({ user_id: 'uma', body: 'text', visibility: 'public' });
});

test('the newest notes are looked through first, a hundred at a time', async () => {
  const { gem, asked } = await withNotes([crmNote('other')], [crmNote('another')]);
  await writeNote(gem, about, 'text');
  expect(asked.filter(isRead).map(({ path, query }) => [path, String(query)])).toEqual(
    [1, 2, 3].map((page) => ['/v0/candidates/jane/notes', `page=${page}&page_size=100&sort=desc`]),
  );
  expect(writesOf(asked)).toHaveLength(1);
});

test.each([
  ['text of two lines', 'text of\r\ntwo lines '],
  ['text  of two lines', 'text of two lines'],
  ['text', ' text'],
  ['text ', 'text'],
])('%j is not written beside %j, which is the same', async (text, content) => {
  const { gem, asked } = await withNotes([crmNote('other')], [crmNote('x'), crmNote(content)]);
  await writeNote(gem, about, text);
  expect(writesOf(asked)).toEqual([]);
});

test.each([crmNote('text of two lines', 'ben'), crmNote('textoftwolines')])(
  'a note is written beside %j, by somebody else or of other words',
  async (note) => {
    const { gem, asked } = await withNotes([note]);
    await writeNote(gem, about, 'text of two lines');
    expect(writesOf(asked)).toHaveLength(1);
  },
);

test('no more than twenty pages are looked through', async () => {
  const { gem, asked } = await scriptGem((one) => (isRead(one) ? [200, [crmNote('other')]] : [201, written]));
  await writeNote(gem, about, 'text');
  expect(asked.filter(isRead)).toHaveLength(20);
  expect(writesOf(asked)).toHaveLength(1);
});

test('where Gem does not show its notes, they are written all the same', async () => {
  const { gem, asked } = await scriptGem((one) => (isRead(one) ? [403, {}] : [201, written]));
  await writeNote(gem, about, 'text');
  expect(writesOf(asked)).toHaveLength(1);
});

test('while Gem is down, nothing is written, because nobody knows what is there', async () => {
  const { gem, asked } = await scriptGem((one) => (isRead(one) ? [503, {}] : [201, written]));
  await expect(writeNote(gem, about, 'text')).rejects.toThrow(GemUnavailable);
  expect(writesOf(asked)).toEqual([]);
});

test('a note whose answer is lost is looked up, and written once', async () => {
  const notes: object[] = [];
  const { gem, asked } = await scriptGem((one) => {
    if (isRead(one)) return [200, one.query.get('page') === '1' ? notes : []];
    notes.push(crmNote('text'));
    return null;
  });
  await writeNote(gem, about, 'text');
  expect(writesOf(asked)).toHaveLength(1);
});

test('a note that never arrives is tried three times', async () => {
  const { gem, asked } = await scriptGem((one) => (isRead(one) ? [200, []] : null));
  await expect(writeNote(gem, about, 'text')).rejects.toThrow(GemUnavailable);
  expect(writesOf(asked)).toHaveLength(3);
});

test('a note that Gem refuses is told so', async () => {
  const { gem } = await scriptGem((one) =>
    isRead(one) ? [200, []] : [400, { code: 400, status: 'Bad Request' }],
  );
  await expect(writeNote(gem, about, 'text')).rejects.toThrow(GemRefusedInput);
});
