// One request with its answer, as the control API tells of it.
import { describe, expect, test } from 'vitest';
import type { ControlSchemas } from '../../../contracts/control.ts';
import type { MockGem } from '../../../mock-server/server.ts';
import { startGem, useGem } from '../../support/gem.ts';
import { ask, living, newcomer } from '../faults/support.ts';

describe('a request is shown', () => {
  const gem = useGem();

  test('with headers and bodies of both sides', async () => {
    const { text } = await ask(gem(), '/ats/v0/jobs/?per_page=2', { headers: { 'X-Trace': 'abc' } });
    const { sent, answered, refusal } = await latest(gem());
    expect(sent).toMatchObject({ body: { state: 'none', bytes: 0, text: null } });
    expect(valueOf(sent, 'x-trace')).toBe('abc');
    expect(answered?.body).toEqual({
      state: 'whole',
      bytes: Buffer.byteLength(text),
      text,
      is_base64: false,
      form: null,
    });
    expect(valueOf(answered, 'content-type')).toBe('application/json');
    expect(valueOf(answered, 'x-pagination')).toMatch(/total/);
    expect(refusal).toBe(null);
  });

  test('with its secrets masked, whichever they are', async () => {
    const secrets = {
      'X-Application-Secret': gem().applicationSecret,
      Authorization: 'Basic abc',
      Cookie: 'a=b',
      'X-Auth-Token': 'of-a-proxy',
      'Api-Key': 'in-the-wrong-place',
    };
    await ask(gem(), '/ats/v0/jobs/?per_page=1', { headers: secrets });
    const detail = await latest(gem());
    expect(detail.sent?.headers.filter(({ masked }) => masked).map(({ name }) => name.toLowerCase())).toEqual(
      expect.arrayContaining(['x-api-key', ...Object.keys(secrets).map((name) => name.toLowerCase())]),
    );
    const told = JSON.stringify(detail);
    for (const secret of [gem().apiKey, ...Object.values(secrets)]) expect(told).not.toContain(secret);
  });

  test('with the reason of a refusal', async () => {
    await ask(gem(), '/ats/v0/candidates/', { method: 'POST', body: { first_name: 1 } });
    const { refusal, sent } = await latest(gem());
    expect(refusal).toContain('first_name: Not a valid string.');
    expect(sent?.body).toMatchObject({ state: 'whole', text: '{"first_name":1}' });
  });

  test.each([
    ['/ats/v0/canidates/', 'did you mean /ats/v0/candidates/ (listCandidates)?'],
    ['/ats/v0/jobs/x/stagse', 'did you mean /ats/v0/jobs/{job_id}/stages (listStagesOfJob)?'],
  ])('with what %s may have meant', async (path, words) => {
    await ask(gem(), path);
    const { nearest } = await latest(gem());
    expect(nearest).toEqual([words]);
  });

  test('with the methods that its path has', async () => {
    await ask(gem(), '/ats/v0/jobs/', { method: 'DELETE' });
    expect((await latest(gem())).nearest).toEqual([
      expect.stringMatching(/^the path is there, but not for DELETE; it has GET \(listJobs\)/),
    ]);
  });

  test('with the fault that nearly struck', async () => {
    const match = { operation: 'listJobs', page: 3 } as const;
    const { id } = gem().world.faults.arm({ fault: 'status', status: 503, match });
    await ask(gem(), '/ats/v0/jobs/?page=2');
    const { nearest } = await latest(gem());
    gem().world.faults.disarm(id);
    expect(nearest).toEqual([`${id} (status) did not strike: page was "2" instead of 3`.replace('"2"', '2')]);
  });

  test('with the beginning of what is long, and how long it was', async () => {
    const content = Buffer.alloc(300_000, 'x').toString('base64');
    const [candidate] = living(gem(), 'candidates');
    const body = { user_id: living(gem(), 'users')[0]?.id, filename: 'a.pdf', type: 'resume', content };
    await ask(gem(), `/ats/v0/candidates/${candidate?.id}/attachments`, { method: 'POST', body });
    const { sent, curl } = await latest(gem());
    expect(sent?.body).toMatchObject({ state: 'cut', bytes: JSON.stringify(body).length });
    expect(sent?.body.text?.length).toBeLessThan(1000);
    expect(curl).toBe(null);
  });

  test('without a large file, also where nobody told beforehand how long it would be', async () => {
    const form = new FormData();
    form.set('first_name', 'Ada');
    form.set('resume', new File([Buffer.alloc(300_000)], 'a.pdf', { type: 'application/pdf' }));
    const { headers, body } = new Response(form);
    await fetch(`${gem().url}/job_board/v0/${gem().world.company.vanity}/applications`, {
      method: 'POST',
      headers: { 'X-API-Key': gem().apiKey, 'Content-Type': headers.get('content-type') ?? '' },
      body,
      duplex: 'half',
    });
    expect((await latest(gem())).sent?.body).toMatchObject({ state: 'cut', bytes: null });
    expect(gem().world.log.remembered().at(-1)?.kept?.files).toEqual({});
  });
});

test('headers and bodies are forgotten before the request is, and that is told', async () => {
  const gem = await startGem();
  const big = { ...newcomer, job_id: 'x'.repeat(250_000) };
  for (let asked = 0; asked < 40; asked += 1) {
    await ask(gem, '/ats/v0/candidates/', { method: 'POST', body: big });
  }
  expect(await detailOf(gem, 1)).toMatchObject({
    request: { number: 1 },
    sent: null,
    answered: null,
    curl: null,
  });
  expect(await detailOf(gem, 40)).toMatchObject({ sent: { body: { state: 'whole' } } });
  expect(gem.world.log.bytes).toBeLessThan(17 * 1024 * 1024);
});

function latest(gem: MockGem): Promise<ControlSchemas['RequestInDetail']> {
  return detailOf(gem, gem.world.log.count);
}

function detailOf(gem: MockGem, number: number): Promise<ControlSchemas['RequestInDetail']> {
  return gem.control.call('getRequest', { path: { world: 'default', number } });
}

function valueOf(message: ControlSchemas['Message'] | null, name: string): string | undefined {
  return message?.headers.find((line) => line.name.toLowerCase() === name)?.value;
}
