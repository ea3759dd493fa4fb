import { beforeAll, describe, expect, test } from 'vitest';
import { fixedClock } from '../../../contracts/clock.ts';
import type { UnifiedSchemas } from '../../../contracts/unified.ts';
import {
  contentTypeOf,
  gemFilesOf,
  linkLifetime,
  readFileLink,
  toFileLink,
} from '../../../connector/files/gem-files.ts';
import { createVault } from '../../../connector/store/vault.ts';
import { sendRaw } from '../../support/control.ts';
import { pdf, useRecruiting } from './support/recruiting.ts';

const clock = fixedClock('2026-06-01T00:00:00.000Z');
// Gem is on this machine; that must be enough for its own links, without any private address being open to callers.
const { both, job, apply, send } = useRecruiting({ clock, downloads: { allowPrivateAddresses: false } });
let design: UnifiedSchemas['Job'];
beforeAll(async () => {
  design = await job('Product Designer');
});

const cv = { name: 'my "CV".pdf', type: 'CV', content_type: 'application/pdf', data: pdf };

async function filesOf(applicationId: string) {
  const { data } = await send('GET', `/ats/applications/${applicationId}/attachments`);
  return data['results'] as UnifiedSchemas['ApplicationAttachment'][];
}

async function aFile() {
  const { id, candidate } = await apply(design.id, { attachments: [cv] });
  const [file] = await filesOf(id);
  if (!file) throw new Error('the file is not listed');
  return { file, id, candidateRemoteId: candidate?.remote_id ?? '' };
}

test('a file is called as it was given, letter by letter, at Gem and in the list, with the moment of its upload', async () => {
  const name = 'Übersicht – 履歴書 Žofie.pdf';
  const { id } = await apply(design.id, { attachments: [{ ...cv, name }] });
  const atGem = [...both.gem.world.store.collection('attachments').entries()].map(({ record }) => record);
  const uploaded = atGem.find(({ filename }) => filename === name);
  expect(uploaded).toBeDefined();
  expect(await filesOf(id)).toMatchObject([
    { file_name: name, remote_created_at: uploaded?.created_at, remote_updated_at: null },
  ]);
});

describe('the link to a file', () => {
  test('gives the content without an API key, to be saved and never to be run', async () => {
    const { file } = await aFile();
    expect(file).toMatchObject({ type: 'CV', file_name: cv.name, content_type: 'application/pdf' });
    const response = await fetch(file.data_url);
    expect([response.status, await response.text()]).toEqual([200, '%PDF-1.4 a résumé']);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': expect.stringMatching(/^attachment; filename="[^"]*\\"/),
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox'),
      'cache-control': 'no-store',
    });
  });

  test('keeps the letters of its name', async () => {
    const attachments = [...both.gem.world.store.collection('attachments').entries()];
    const found = attachments.map(({ record }) => record).find(({ filename }) => /Ü/.test(filename));
    const [candidate] = await both.unifiedList<{ id: string }>(
      `/ats/candidates?remote_ids=${found?.candidate_id}`,
    );
    const { data } = await send('GET', `/ats/candidates/${candidate?.id}/attachments`);
    const files = data['results'] as UnifiedSchemas['CandidateAttachment'][];
    const file = files.find(({ file_name: name }) => name === found?.filename);
    const response = await fetch(file?.data_url ?? '');
    expect(response.headers.get('content-disposition')).toContain(
      `filename*=UTF-8''${encodeURIComponent(found?.filename ?? '?')}`,
    );
  });

  test('works after the links of Gem have run out, because Gem is asked for a new one', async () => {
    const { file } = await aFile();
    both.gem.world.faults.arm({ fault: 'attachment_link_expired', times: 1 });
    expect((await fetch(file.data_url)).status).toBe(502);
    expect((await fetch(file.data_url)).status).toBe(200);
  });

  test('works for an hour, and then leads nowhere', async () => {
    const { file } = await aFile();
    clock.advance(linkLifetime - 1);
    expect((await fetch(file.data_url)).status).toBe(200);
    clock.advance(1);
    const response = await fetch(file.data_url);
    expect([response.status, await response.json()]).toMatchObject([
      404,
      { error: { code: 'PLATFORM.INPUT_INVALID', message: expect.stringContaining('expired') } },
    ]);
  });

  test('leads nowhere when any letter of it is another', async () => {
    const { file } = await aFile();
    const { origin, pathname } = new URL(file.data_url);
    const token = pathname.slice('/files/'.length);
    const places = [0, 10, 20, Math.floor(token.length / 2), token.length - 2];
    const altered = places.map(
      (place) => token.slice(0, place) + (token[place] === 'A' ? 'B' : 'A') + token.slice(place + 1),
    );
    for (const wrong of [...altered, token.slice(0, -8), 'x', '%2e%2e', token.repeat(20)]) {
      expect((await fetch(`${origin}/files/${wrong}`)).status, wrong).toBe(404);
    }
  });

  test('leads nowhere when the file is gone from Gem', async () => {
    const { file, candidateRemoteId } = await aFile();
    const attachments = both.gem.world.store.collection('attachments');
    for (const record of attachments.by('candidate_id', candidateRemoteId)) {
      both.gem.world.store.put('attachments', { ...record, deleted_at: '2026-06-01T00:00:00.000Z' });
    }
    expect((await fetch(file.data_url)).status).toBe(404);
  });

  test('begins with the address that the caller used', async () => {
    const { id } = await aFile();
    const answer = await sendRaw(`${both.connector.apiUrl}/ats/applications/${id}/attachments`, {
      headers: {
        Authorization: `Bearer ${both.connector.apiKey}`,
        'X-Integration-Id': both.integrationId,
        Host: 'connector.internal:8080',
      },
    });
    expect(answer.text).toContain('"data_url":"http://connector.internal:8080/files/');
  });

  test('tells nothing about the candidate, and neither do the logs of whoever passes it on', async () => {
    const { file, candidateRemoteId } = await aFile();
    const token = Buffer.from(file.data_url.split('/').at(-1) ?? '', 'base64url').toString('latin1');
    expect(token).not.toContain(candidateRemoteId);
  });
});

describe('a link', () => {
  const key = Buffer.alloc(32, 7).toString('base64');
  const linked = { integrationId: 'gem:1', candidateId: 'c', fileId: 'f' };
  const tokenOf = (link: string) => link.slice('/files/'.length);

  test('works in every process that has the key, and in none that has another', () => {
    const token = tokenOf(toFileLink({ vault: createVault({ key }), clock }, linked));
    expect(readFileLink({ vault: createVault({ key }), clock }, token)).toEqual(linked);
    expect(readFileLink({ vault: createVault({}), clock }, token)).toBeUndefined();
  });

  test('is not what was sealed for another purpose', () => {
    const vault = createVault({ key });
    const secret = JSON.stringify(['another', clock.now() + 1000, 'gem:1', 'c', 'f']);
    const token = Buffer.from(vault.seal(secret), 'base64').toString('base64url');
    expect(readFileLink({ vault, clock }, token)).toBeUndefined();
  });
});

describe('the ids of files', () => {
  const file = (filename: string, created_at = '2026-01-01T00:00:00.000Z') => ({
    filename,
    created_at,
    type: 'resume' as const,
    url: 'https://files.example.com/1',
  });
  const idsOf = (attachments: ReturnType<typeof file>[]) =>
    gemFilesOf('gem:1', 'c', { attachments }).map(({ id }) => id);

  test('differ for files that are alike, and stay when another file goes', () => {
    const all = [file('a.pdf'), file('a.pdf'), file('b.pdf'), file('a.pdf', '2026-01-02T00:00:00.000Z')];
    const ids = idsOf(all);
    expect(new Set(ids).size).toBe(4);
    expect(idsOf(all.slice(2))).toEqual(ids.slice(2));
  });

  test.each([
    ['a.PDF', 'application/pdf'],
    ['a.b.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['page.html', 'application/octet-stream'],
    ['image.svg', 'application/octet-stream'],
    ['pdf', 'application/octet-stream'],
    ['a.__proto__', 'application/octet-stream'],
  ])('the type of %s is %s', (name, type) => {
    expect(contentTypeOf(name)).toBe(type);
  });
});
