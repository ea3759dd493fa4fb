import { createServer, type RequestListener } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { startConnector } from '../../../connector/server.ts';
import { placeOnPostgres } from '../../support/databases.ts';
import { someone, useCreates } from './support/creates.ts';

const { both, apply, jobNamed, countAtGem } = useCreates();

const pdf = Buffer.from('%PDF-1.4 a résumé').toString('base64');

test('every attachment becomes a résumé; one that Gem does not take is a warning', async () => {
  const job = await jobNamed('Product Designer');
  const { status, data, warnings } = await apply(
    job.id,
    someone({
      attachments: [
        { name: 'cv.pdf', type: 'CV', content_type: 'application/pdf', data: pdf },
        { name: 'letter', type: 'COVER_LETTER', content_type: 'application/pdf', data: pdf },
        { name: 'photo.png', type: 'OTHER', content_type: 'image/png', data: pdf },
      ],
    }),
  );
  expect(status).toBe(200);
  expect(warnings).toEqual([expect.stringMatching(/^attachments\[2\] was not stored: .*\.pdf/)]);
  const { remote_id: remoteId } = (data as unknown as { candidate: { remote_id: string } }).candidate;
  const response = await fetch(`${both.gem.url}/ats/v0/candidates/${encodeURIComponent(remoteId)}`, {
    headers: { 'X-API-Key': both.gem.apiKey, 'X-Application-Secret': both.gem.applicationSecret },
  });
  const { attachments } = (await response.json()) as { attachments: { filename: string; type: string }[] };
  expect(attachments.map(({ filename, type }) => [filename, type])).toEqual([
    ['cv.pdf', 'resume'],
    ['letter.pdf', 'resume'],
  ]);
});

test.each([
  [
    'both data and data_url',
    { content_type: 'a/b', data: pdf, data_url: 'https://example.com/a.pdf' },
    'exactly one',
  ],
  ['neither', {}, 'exactly one'],
  ['data without its type', { data: pdf }, 'content_type is missing'],
  ['data that is not base64', { content_type: 'a/b', data: 'résumé!' }, 'base64'],
  ['data that is empty', { content_type: 'a/b', data: '' }, 'base64'],
  ['an address of another scheme', { data_url: 'ftp://example.com/a.pdf' }, 'http or https'],
  ['an address of this machine', { data_url: 'http://127.0.0.1:1/a.pdf' }, 'not on the public internet'],
  ['a name of this machine', { data_url: 'http://localhost:1/a.pdf' }, 'not on the public internet'],
  ['an address in disguise', { data_url: 'http://[::ffff:7f00:1]:1/a.pdf' }, 'not on the public internet'],
])('an attachment with %s is refused before anything is written', async (_, attachment, advice) => {
  const job = await jobNamed('Product Designer');
  const before = countAtGem();
  const { status, error } = await apply(
    job.id,
    someone({ attachments: [{ name: 'a.pdf', type: 'CV', ...attachment }] }),
  );
  expect([status, error.code]).toEqual([400, 'PLATFORM.INPUT_INVALID']);
  expect(error.message).toContain('body attachments[0]');
  expect(error.message).toContain(advice);
  expect(countAtGem()).toBe(before);
});

test('a file is downloaded, through redirects, with the type that its server tells', async () => {
  const job = await jobNamed('Product Designer');
  const files = await serveFiles((request, response) => {
    if (request.url === '/moved') response.writeHead(302, { Location: '/file' }).end();
    else response.writeHead(200, { 'Content-Type': 'application/pdf; charset=binary' }).end('%PDF-1.4');
  });
  const connector = await startConnector({
    ...(await placeOnPostgres()),
    port: 0,
    checkAnswers: true,
    downloads: { allowPrivateAddresses: true },
  });
  onTestFinished(() => connector.close());
  const { id } = await connector.connect({ gem: both.gem });
  const body = someone({ attachments: [{ name: 'cv', type: 'CV', data_url: `${files}/moved` }] });
  const response = await fetch(`${connector.apiUrl}/ats/jobs/remote:${job.remote_id}/applications`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${connector.apiKey}`,
      'X-Integration-Id': id,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify(body),
  });
  expect([response.status, await response.json()]).toMatchObject([200, { warnings: [] }]);
});

async function serveFiles(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}
