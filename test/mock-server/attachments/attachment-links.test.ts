import { expect, test } from 'vitest';
import type { GemSchemas } from '../../../contracts/gem.ts';
import { read, startGem } from '../../support/gem.ts';

test('a link to a file that was deleted leads nowhere any more', async () => {
  const gem = await startGem();
  const world = await gem.control.world();
  const candidate = await read<GemSchemas['Candidate']>(
    gem,
    `/ats/v0/candidates/${gem.world.labels['zoe']?.id}`,
  );
  const [file] = candidate.attachments;
  const link = file?.url ?? '';
  expect((await fetch(link)).status).toBe(200);
  const attachment = gem.world.store.collection('attachments').by('candidate_id', candidate.id)[0];
  await world.edit({ do: 'delete', resource: 'attachments', record: attachment?.id ?? '' });
  const gone = await fetch(link);
  expect([gone.status, await gone.text()]).toEqual([404, 'Not found: the file was deleted.\n']);
});

test('a file keeps the letters of its name, whichever way it was uploaded', async () => {
  const gem = await startGem();
  const { id = '' } = gem.world.labels['zoe'] ?? {};
  const user = gem.world.store.records().users[0]?.id ?? '';
  const form = new FormData();
  form.append('resume_file', new Blob(['%PDF-1.4']), 'Lebenslauf Großmann 履歴書.pdf');
  const response = await fetch(`${gem.url}/v0/candidates/${id}/uploaded_resumes/${user}`, {
    method: 'POST',
    headers: { 'X-API-Key': gem.apiKey },
    body: form,
  });
  expect(response.status).toBe(201);
  expect(await response.json()).toMatchObject({ filename: 'Lebenslauf Großmann 履歴書.pdf' });
});
