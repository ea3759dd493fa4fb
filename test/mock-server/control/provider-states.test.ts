// What a Pact verifier of any language asks of `providerStatesSetupUrl`, in its own words, over HTTP.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { controlDescription } from '../../../contracts/control.ts';
import { startMockGem, type MockGem } from '../../../mock-server/server.ts';

let gem: MockGem;
beforeAll(async () => {
  gem = await startMockGem({ port: 0, checkAnswers: true, unknownKeys: 'refuse' });
});
afterAll(() => gem.close());

async function ask(body: object): Promise<{ status: number; body: Record<string, string> }> {
  const answer = await fetch(`${gem.url}/_control/provider-states`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, string> };
}

async function read(key: string | undefined, path: string): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(`${gem.url}/ats/v0${path}`, { headers: { 'X-API-Key': key ?? '' } });
  return { status: answer.status, body: await answer.json() };
}

describe('a scenario as a state', () => {
  test('gives a key, and ids by label with what they refer to', async () => {
    const { status, body } = await ask({ action: 'setup', state: 'default', params: {} });
    expect(status).toBe(200);
    const application = await read(body['api_key'], `/applications/${body['zoe-backend']}`);
    expect(application.body).toMatchObject({
      id: body['zoe-backend'],
      candidate_id: body['zoe'],
      jobs: [{ id: body['backend'] }],
      current_stage: { id: body['zoe-backend.current_stage_id'] },
    });
    expect([body['zoe-backend.candidate_id'], body['zoe-backend.job_id']]).toEqual([
      body['zoe'],
      body['backend'],
    ]);
    const stages = (await read(body['api_key'], `/jobs/${body['backend']}/stages/`)).body as { id: string }[];
    expect(stages.map((_stage, index) => body[`backend.stages.${index}`])).toEqual(
      stages.map(({ id }) => id),
    );
    expect(stages.length).toBeGreaterThan(2);
    expect(body['job_board']).toBe('halden-robotics');
  });

  test('takes the parameters of the scenario, and a key', async () => {
    const key = 'ProviderStateProviderStateProviderState1';
    const params = { key, people: 3 };
    const { body } = await ask({ action: 'setup', state: 'never-applied', params });
    expect(body['api_key']).toBe(key);
    expect((await read(key, '/candidates/')).body).toHaveLength(3);
  });

  test('ends with its teardown, which finds it by the same words', async () => {
    const asked = { state: 'empty', params: {} };
    const { body } = await ask({ ...asked, action: 'setup' });
    expect((await read(body['api_key'], '/jobs/')).status).toBe(200);
    expect(await ask({ ...asked, action: 'teardown' })).toEqual({ status: 200, body: {} });
    expect((await read(body['api_key'], '/jobs/')).status).toBe(403);
    expect((await ask({ ...asked, action: 'teardown' })).status).toBe(200);
  });

  test('begins anew when it is entered again, and other parameters make another world', async () => {
    const first = await ask({ state: 'never-applied', params: { people: 2 } });
    const key = first.body['api_key'] ?? '';
    await fetch(`${gem.url}/ats/v0/candidates/${first.body['never-applied-1']}`, {
      method: 'DELETE',
      headers: { 'X-API-Key': key },
    });
    expect((await ask({ state: 'never-applied', params: { people: 2 } })).body).toEqual(first.body);
    expect((await read(key, '/candidates/')).body).toHaveLength(2);
    const other = await ask({ state: 'never-applied', params: { people: 4 } });
    expect(other.body['api_key']).not.toBe(key);
  });

  test('leaves the server’s first world standing', async () => {
    const params = { key: gem.apiKey };
    await ask({ action: 'setup', state: 'empty', params });
    await ask({ action: 'teardown', state: 'empty', params });
    expect((await read(gem.apiKey, '/jobs/')).body).toEqual([]);
    gem.createWorld(gem.apiKey);
  });
});

describe('a preparation as a state', () => {
  test.each([
    ['the key was revoked', 403],
    ['the rate limit is used up', 429],
    ['Gem is defective', 500],
    ['Gem is down', 503],
    ['Gem gives up waiting', 504],
    ['Gem lacks the operation', 501],
    ['unproven lists are missing', 404],
  ])('%s: the list of sources is answered with %i', async (state, status) => {
    const { body } = await ask({ action: 'setup', state, params: { scenario: 'empty' } });
    for (const time of ['once', 'again']) {
      expect((await read(body['api_key'], '/sources/')).status, time).toBe(status);
    }
  });

  test('a page of HTML stands in between', async () => {
    const { body } = await ask({ state: 'a page of HTML stands in between' });
    const answer = await fetch(`${gem.url}/ats/v0/jobs/`, {
      headers: { 'X-API-Key': body['api_key'] ?? '' },
    });
    expect(answer.headers.get('content-type')).toContain('text/html');
  });

  test('candidates cannot be created', async () => {
    const { body } = await ask({ state: 'candidates cannot be created' });
    const answer = await fetch(`${gem.url}/ats/v0/candidates/`, {
      method: 'POST',
      headers: { 'X-API-Key': body['api_key'] ?? '', 'Content-Type': 'application/json' },
      body: JSON.stringify({
        first_name: 'A',
        last_name: 'B',
        email: 'a@b.example',
        job_id: body['backend'],
      }),
    });
    expect(answer.status).toBe(405);
  });

  test('each is named in the description, and each that is named there can be entered', async () => {
    const operation = controlDescription.operations.get('enterProviderState');
    const { paths } = controlDescription.document as {
      paths: Record<string, { post: { description: string } }>;
    };
    const { description } = paths[operation?.path ?? '']?.post ?? { description: '' };
    const [, list = ''] = description.replaceAll(/\s+/g, ' ').split('meets it: ');
    const named = [...(list.split('The empty')[0] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
    expect(named).toHaveLength(9);
    for (const state of named) expect((await ask({ state })).status, state).toBe(200);
  });
});

describe('what a verifier sends besides', () => {
  test('the state of a pact that names none does nothing', async () => {
    const before = (await gem.control.worlds()).length;
    for (const action of ['setup', 'teardown']) {
      expect(await ask({ action, state: '', params: {} })).toEqual({ status: 200, body: {} });
    }
    expect(await gem.control.worlds()).toHaveLength(before);
  });

  test('fields of other verifiers are let pass', async () => {
    const asked = {
      consumer: 'somebody',
      provider: 'gem',
      state: 'empty',
      states: ['empty'],
      interaction: 7,
    };
    expect((await ask(asked)).status).toBe(200);
  });

  test.each([
    [{ state: 'defualt' }, 'body.state', 'did you mean "default"?'],
    [{ state: 'Gem is dwon' }, 'body.state', 'did you mean "Gem is down"?'],
    [{ state: 'Gem is down', params: { scenario: 'emty' } }, 'body.params.scenario', 'did you mean "empty"?'],
    [{ state: 'never-applied', params: { peopel: 1 } }, 'body.params', 'did you mean "people"?'],
    [{ state: 'empty', params: { key: 'short' } }, 'body.params.key', 'key'],
    [{ state: 'empty', action: 'stup' }, 'body.action', 'did you mean "setup"?'],
  ])('%j is refused, and told how it is right', async (asked, path, words) => {
    const { status, body } = await ask(asked);
    expect(status).toBe(422);
    expect(body['problems']).toEqual([{ path, message: expect.stringContaining(words) }]);
  });
});

test('a test in this process enters and leaves states in the same way', async () => {
  const values = await gem.control.enterState('Gem is down', { scenario: 'empty' });
  expect((await read(values['api_key'], '/jobs/')).status).toBe(503);
  await gem.control.leaveState('Gem is down', { scenario: 'empty' });
  expect((await read(values['api_key'], '/jobs/')).status).toBe(403);
});
