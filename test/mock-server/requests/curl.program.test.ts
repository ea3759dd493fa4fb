// A request of the log as a line for a shell.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { ControlSchemas } from '../../../contracts/control.ts';
import type { MockGem } from '../../../mock-server/server.ts';
import { useGem } from '../../support/gem.ts';
import { ask, living, newcomer } from '../faults/support.ts';

describe('as a line for a shell, it works as it stands', () => {
  const gem = useGem();

  test('with parameters and a body that holds quotes and variables', async () => {
    const [job] = living(gem(), 'jobs');
    const body = { ...newcomer, first_name: `O'Neill "$HOME" \`id\` \\`, job_id: job?.id };
    await ask(gem(), '/ats/v0/candidates/?x[]={1}', { method: 'POST', body });
    const first = await latest(gem());
    expect(first.curl).not.toContain(gem().apiKey);
    await run(gem(), first.curl);
    const second = await latest(gem());
    expect(second.request).toMatchObject({
      number: first.request.number + 1,
      body,
      query: first.request.query,
    });
    expect(second.request.operation).toBe('createCandidate');
  });

  test('with the file of a form', async () => {
    const post = living(gem(), 'job_posts').find(({ live }) => live);
    const form = new FormData();
    form.set('job_post_id', post?.id ?? '');
    form.set('first_name', "@O'Neill");
    form.set('last_name', 'Byron');
    form.set('email', 'ada@byron.example');
    form.set('resume', new File([Buffer.from([0, 1, 255, 10])], 'a "cv".pdf', { type: 'application/pdf' }));
    const path = `/job_board/v0/${gem().world.company.vanity}/applications`;
    const { status } = await fetch(gem().url + path, {
      method: 'POST',
      headers: { 'X-API-Key': gem().apiKey },
      body: form,
    });
    const first = await latest(gem());
    await run(gem(), first.curl);
    const second = await latest(gem());
    expect([status, second.request.body]).toEqual([201, first.request.body]);
    expect(second.sent?.body.form).toEqual(first.sent?.body.form);
    expect(first.sent?.body.form).toContainEqual({
      name: 'resume',
      value: 'a "cv".pdf',
      content_type: 'application/pdf',
      bytes: 4,
    });
  });
});

/** Runs a line as a person does who pastes it into a shell. */
async function run(gem: MockGem, curl: string | null): Promise<void> {
  await promisify(execFile)('sh', ['-c', `${curl} -s -o /dev/null`], {
    env: { ...process.env, GEM_KEY: gem.apiKey },
  });
}

function latest(gem: MockGem): Promise<ControlSchemas['RequestInDetail']> {
  const number = gem.world.log.count;
  return gem.control.call('getRequest', { path: { world: 'default', number } });
}
