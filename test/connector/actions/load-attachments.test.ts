// The files of a create call are judged before Gem hears of it (kombo-unified-api §3.1).
import { describe, expect, test } from 'vitest';
import { loadAttachments, readFile } from '../../../connector/actions/load-attachments.ts';
import { startStubGem } from '../../support/stub-gem.ts';

const limits = { bytes: 8, milliseconds: 1000, allowPrivateAddresses: false };
const file = { name: 'cv.pdf', type: 'CV' as const, content_type: 'application/pdf', data: 'YWJj' };
const unreachable = 'http://127.0.0.1:1/cv.pdf';

describe('a file in base64', () => {
  test('is decoded', async () => {
    const [loaded] = await loadAttachments([file], limits);
    expect(loaded).toEqual({
      name: 'cv.pdf',
      type: 'CV',
      content_type: 'application/pdf',
      content: Buffer.from('abc'),
    });
  });

  test('may be broken into lines, and end in padding', async () => {
    const files = [' YW\nJj ', 'YWI=', 'YQ=='].map((data) => Object.assign({}, file, { data }));
    const loaded = await loadAttachments(files, limits);
    expect(loaded.map(({ content }) => Buffer.from(content).toString())).toEqual(['abc', 'ab', 'a']);
  });

  test.each(['', ' ', 'YWJ', '====', 'Y===', 'YW*j', '*YWJj', 'YWJj*', 'YWJj====', 'YQ==YQ=='])(
    'is not %j',
    async (data) => {
      await expect(loadAttachments([{ ...file, data }], limits)).rejects.toThrow(
        "body attachments[0].data must be the file's content in base64.",
      );
    },
  );

  test('may be as large as the limit, and not larger', async () => {
    const sized = (bytes: number) => ({ ...file, data: Buffer.alloc(bytes).toString('base64') });
    expect((await loadAttachments([sized(8)], limits))[0]?.content).toHaveLength(8);
    await expect(loadAttachments([sized(9)], { ...limits, bytes: 8 })).rejects.toThrow('at most');
    await expect(loadAttachments([sized(2_000_001)], { ...limits, bytes: 2_000_000 })).rejects.toThrow(
      'body attachments[0].data must hold at most 2 MB.',
    );
  });

  test('needs its content type', async () => {
    const { content_type: _, ...untyped } = file;
    await expect(loadAttachments([file, untyped], limits)).rejects.toThrow(
      'body attachments[1].content_type is missing; data needs it.',
    );
  });
});

test.each([{ data: 'YWJj', data_url: 'https://example.com/cv.pdf' }, {}])(
  'a file is given in one way, not as %j',
  async (given) => {
    await expect(
      loadAttachments([{ name: 'cv', type: 'CV', content_type: 'application/pdf', ...given }], limits),
    ).rejects.toThrow('body attachments[0] needs exactly one of data and data_url.');
  },
);

test.each([
  'ftp://example.com/cv',
  'ftp://example.com/?https:',
  'data:text/plain,cv',
  'cv.pdf',
  'https://',
  'see https://example.com',
  '',
])('a file is not fetched from %j', async (data_url) => {
  await expect(loadAttachments([{ name: 'cv', type: 'CV', data_url }], limits)).rejects.toThrow(
    'body attachments[0].data_url must be an http or https address.',
  );
});

test('a file that cannot be fetched is named', async () => {
  await expect(
    loadAttachments([file, { name: 'cv', type: 'CV', data_url: unreachable }], limits),
  ).rejects.toThrow(/^body attachments\[1\]\.data_url could not be fetched: .+\.$/);
});

test('nothing is fetched when a later file cannot be used', async () => {
  const files = [
    { name: 'cv', type: 'CV' as const, data_url: unreachable },
    { ...file, data: '*' },
  ];
  await expect(loadAttachments(files, limits)).rejects.toThrow('body attachments[1].data');
});

test('a single file is named as its caller knows it', async () => {
  const { type: _, ...single } = file;
  expect(await readFile(single, 'body file', limits)).toEqual({
    content: Buffer.from('abc'),
    contentType: 'application/pdf',
  });
  await expect(readFile({ ...single, data: '*' }, 'body file', limits)).rejects.toThrow(
    "body file.data must be the file's content in base64.",
  );
});

test('a file of which nobody tells the type is sent as plain bytes', async () => {
  const stub = await startStubGem();
  stub.intercept = (_request, response) => Boolean(response.writeHead(200).end('abc'));
  const [loaded] = await loadAttachments([{ name: 'cv', type: 'CV', data_url: `${stub.url}/cv` }], {
    ...limits,
    allowPrivateAddresses: true,
  });
  expect(loaded).toEqual({
    name: 'cv',
    type: 'CV',
    content_type: 'application/octet-stream',
    content: expect.objectContaining({ length: 3 }),
  });
});
