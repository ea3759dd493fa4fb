// Files of which Gem takes some and loses the answers to others (kombo-unified-api §3.2, gem-ats-api §5.4).
import { expect, test } from 'vitest';
import { uploadResumes, type UploadTo } from '../../../connector/actions/upload-resumes.ts';
import type { GemClient } from '../../../connector/gem/client.ts';
import { scriptGem, type Asked } from './support/scripted-gem.ts';

const to: UploadTo = {
  candidateId: 'jane',
  actingUserId: 'uma',
  since: '2026-03-01T09:00:00.999Z',
  known: [],
  isResumed: false,
};
const file = (filename: string) => ({
  filename,
  contentType: 'application/pdf',
  content: Buffer.from('%PDF'),
});

/** Uploads files, and gives the warnings. */
async function uploadAll(
  gem: GemClient,
  more: Partial<UploadTo>,
  files: readonly ReturnType<typeof file>[],
): Promise<string[]> {
  const numbered = files.map((one, position) => ({ ...one, position, uploadedAs: null }));
  return (await uploadResumes(gem, { ...to, ...more }, numbered, () => Promise.resolve())).warnings;
}

const resume = (id: string, filename: string, user_id = 'uma') => ({
  candidate_id: 'jane',
  created_at: 1,
  download_url: 'https://files.example.com/1',
  filename,
  id,
  user_id,
});

const isRead = ({ method }: Asked) => method === 'GET';
const uploadsOf = (asked: readonly Asked[]) => asked.filter(({ method }) => method === 'POST');

test('a file is uploaded with its name, its type and its content, in the name of the user', async () => {
  const { gem, asked } = await scriptGem(() => [201, resume('1', 'cv.pdf')]);
  expect(await uploadAll(gem, {}, [file('cv.pdf')])).toEqual([]);
  expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'POST /v0/candidates/jane/uploaded_resumes/uma',
  ]);
  const [{ body } = { body: '' }] = asked;
  expect(body).toContain('name="resume_file"; filename="cv.pdf"');
  expect(body).toContain('Content-Type: application/pdf');
  expect(body).toContain('\r\n\r\n%PDF\r\n');
});

test('without an acting user nothing is uploaded, and each file is named', async () => {
  const { gem, asked } = await scriptGem(() => [201, resume('1', 'cv.pdf')]);
  const reason = 'the integration has no acting user, in whose name Gem stores files';
  expect(await uploadAll(gem, { actingUserId: null }, [file('a'), file('b')])).toEqual([
    `attachments[0] was not stored: ${reason}.`,
    `attachments[1] was not stored: ${reason}.`,
  ]);
  expect(asked).toEqual([]);
});

test.each([
  [404, 'Gem does not know the acting user of the integration'],
  [400, 'Gem takes only .pdf, .doc and .docx files of up to 10 MB'],
  [403, 'Gem refused the API key'],
])('an upload that Gem answers with %s is named, and the others are made', async (status, reason) => {
  const { gem, asked } = await scriptGem(() =>
    uploadsOf(asked).length === 1 ? [status, {}] : [201, resume('2', 'b.pdf')],
  );
  expect(await uploadAll(gem, {}, [file('a'), file('b')])).toEqual([
    `attachments[0] was not stored: ${reason}.`,
  ]);
  expect(uploadsOf(asked)).toHaveLength(2);
});

test('a failure that is not of Gem is not taken for one', async () => {
  const { gem } = await scriptGem(() => [201, {}]);
  const broken = { ...gem, send: () => Promise.reject(new TypeError('a defect')) };
  await expect(uploadAll(broken, {}, [file('cv')])).rejects.toThrow('a defect');
});

test('an upload whose answer is lost is looked up among those since the application, by whole seconds', async () => {
  const { gem, asked } = await scriptGem((one) => (isRead(one) ? [200, [resume('1', 'cv.pdf')]] : null));
  expect(await uploadAll(gem, {}, [file('cv.pdf')])).toEqual([]);
  expect(uploadsOf(asked)).toHaveLength(1);
  const look = asked.find(isRead);
  expect(look?.path).toBe('/v0/candidates/jane/uploaded_resumes');
  expect(Object.fromEntries(look?.query ?? [])).toEqual({
    created_after: String(Date.parse('2026-03-01T09:00:00Z') / 1000),
    page_size: '100',
  });
});

test.each([
  ['Übersicht.pdf', 'Uebersicht.pdf', false],
  ['Übersicht.pdf', 'U\u0308bersicht.pdf', true],
  ['Übersicht.pdf', '?bersicht.pdf', false],
  ['Übersicht.pdf', 'Ãœbersicht.pdf', true],
  ['my cv.pdf', 'mycv.pdf', true],
  ['a~!.pdf', 'a~!.pdf', true],
  ['cv.pdf', 'other.pdf', false],
])('%j that Gem keeps as %j is the same file: %j', async (name, kept, isSame) => {
  const { gem, asked } = await scriptGem((one) => {
    if (isRead(one)) return [200, [resume('1', kept)]];
    return uploadsOf(asked).length === 1 ? null : [201, resume('2', name)];
  });
  await uploadAll(gem, {}, [file(name)]);
  expect(uploadsOf(asked)).toHaveLength(isSame ? 1 : 2);
});

test('an upload of another user is not taken for the lost one, nor is one without a name', async () => {
  const others = [resume('1', 'cv.pdf', 'ben'), { ...resume('3', ''), filename: null }];
  const { gem, asked } = await scriptGem((one) => {
    if (isRead(one)) return [200, others];
    return uploadsOf(asked).length === 1 ? null : [201, resume('2', 'cv.pdf')];
  });
  await uploadAll(gem, {}, [file('cv.pdf')]);
  expect(uploadsOf(asked)).toHaveLength(2);
});

test('of two files of the same name, the upload of the first is not taken for that of the second', async () => {
  const { gem, asked } = await scriptGem((one) => {
    if (isRead(one)) return [200, [resume('1', 'cv.pdf')]];
    return uploadsOf(asked).length === 2 ? null : [201, resume(String(uploadsOf(asked).length), 'cv.pdf')];
  });
  expect(await uploadAll(gem, {}, [file('cv.pdf'), file('cv.pdf')])).toEqual([]);
  expect(uploadsOf(asked)).toHaveLength(3);
});
