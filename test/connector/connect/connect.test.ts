// The connection page by plain HTTP, as a browser without scripts meets it.
import { expect, onTestFinished, test } from 'vitest';
import { startConnector } from '../../../connector/server.ts';
import { fixedClock } from '../../../contracts/clock.ts';
import { placeOnPostgres } from '../../support/databases.ts';
import { userRecord } from '../../support/gem-records.ts';
import { startGem } from '../../support/gem.ts';
import { startStubGem, answer } from '../../support/stub-gem.ts';
import { askForLink, newConnection, open, submit } from './support/link.ts';
import type { Both } from '../../support/both.ts';
import type { UnifiedSchemas } from '../../../contracts/unified.ts';

type Integration = UnifiedSchemas['Integration'];

interface Started extends Pick<Both, 'unified' | 'connector'> {
  clock: ReturnType<typeof fixedClock>;
  logged: string[];
}

async function start(
  gemUrl: string,
  applicationSecret: string | null = null,
  isWorker = false,
): Promise<Started> {
  const clock = fixedClock('2026-06-01T00:00:00.000Z');
  const logged: string[] = [];
  const connector = await startConnector({
    ...(await placeOnPostgres()),
    port: 0,
    clock,
    isWorker,
    checkAnswers: true,
    limits: 'off',
    gemRate: 'off',
    connections: { gemUrl, applicationSecret },
    log: (message, error) => logged.push(`${message} ${String(error)}`),
  });
  onTestFinished(() => connector.close());
  const unified: Both['unified'] = async (path, init) => {
    const response = await fetch(`${connector.apiUrl}${path}`, {
      ...init,
      headers: {
        Authorization: `Bearer ${connector.apiKey}`,
        'Content-Type': 'application/json',
        ...init?.headers,
      },
    });
    return { status: response.status, body: await response.json() };
  };
  return { connector, unified, clock, logged };
}

const admin = userRecord('user-1', { first_name: 'Ada', last_name: 'Byron', site_admin: true });
const people = [
  userRecord('user-2', { first_name: 'Bob', site_admin: false }),
  userRecord('user-3', { disabled: true }),
  admin,
];

test('a key, a user and a source make an integration, whose first sync begins', async () => {
  const gem = await startGem();
  const { unified, connector, logged } = await start(gem.url, gem.applicationSecret, true);
  const link = await askForLink({ unified }, '/connect/create-link', newConnection);
  expect(link.startsWith(`${connector.url}/connect/`)).toBe(true);

  const first = await open(link);
  expect(first.text).toContain('Halden &lt;Robotics&gt;');
  expect(first.text).toContain('Third party applications');
  const second = await submit(link, 'key', { key: ` ${gem.apiKey}\n` });
  expect(second.status).toBe(200);
  expect(second.text).not.toContain(gem.apiKey);
  const [, user = ''] = /<option value="([^"]+)"/.exec(second.text) ?? [];
  expect(gem.world.store.collection('users').get(user)).toMatchObject({ site_admin: true });

  const [source] = [...gem.world.store.collection('sources').entries()];
  const unknownSource = await submit(link, 'finish', { user, source: 'No such board' });
  expect(unknownSource.status).toBe(422);
  expect(unknownSource.text).toContain('Gem has no such source');
  const named = { user, source: source?.record.public_name ?? '' };
  const unknownBoard = await submit(link, 'finish', { ...named, job_board: 'https://example.com/acme' });
  expect(unknownBoard.status).toBe(422);
  expect(unknownBoard.text).toContain('This is no job board of Gem');
  const third = await submit(link, 'finish', { ...named, job_board: 'https://jobs.gem.com/acme/' });
  const [, token = ''] = /data-token="([^"]+)"/.exec(third.text) ?? [];

  const { body } = await unified(`/connect/integration-by-token/${token}`);
  expect(body).toMatchObject({
    data: {
      tool: 'gem',
      id: expect.stringMatching(/^gem:/),
      end_user_organization_name: 'Halden <Robotics>',
      end_user_email: 'grace@example.com',
      end_user_origin_id: 'customer-7',
    },
  });
  const { id } = (body as { data: { id: string } }).data;
  const { body: syncs } = await unified(`/integrations/${id}/syncs`);
  const [{ id: syncId } = { id: '' }] = (syncs as { data: { results: { id: string }[] } }).data.results;
  expect((await connector.awaitSync(syncId)).state).toBe('SUCCEEDED');
  expect((await open(link)).text).toContain('Gem is connected');
  const { body: jobs } = await unified('/ats/jobs', { headers: { 'X-Integration-Id': id } });
  expect(JSON.stringify(jobs)).toContain('"url":"https://jobs.gem.com/acme/');
  expect((await unified(`/integrations/${id}`)).body).toMatchObject({
    data: {
      setup_status: 'COMPLETED',
      end_user: { creator_email: 'grace@example.com', origin_id: 'customer-7' },
    },
  });
  expect(logged.join('\n')).not.toContain(gem.apiKey);
});

test('of what is optional the customer decides on the page', async () => {
  const stub = await startStubGem({ listTeamUsers: [], listUsers: people });
  const { unified } = await start(stub.url);
  const settings = { ats_interviews: 'OPTIONAL', 'ats_candidates.source': 'OPTIONAL', ats_jobs: 'DISABLED' };
  await unified('/scope-config', { method: 'PUT', body: JSON.stringify({ settings }) });
  const link = await askForLink({ unified }, '/connect/create-link', newConnection);
  const { text, inputs } = await submit(link, 'key', { key: 'a-key' });
  expect(text).toContain('Candidates: source');
  expect(inputs).toMatchObject({ 'wanted ats_interviews': 'yes', 'shown ats_candidates.source': 'yes' });
  expect(Object.keys(inputs).join()).not.toContain('ats_jobs');
  const { 'wanted ats_interviews': _unticked, ...sent } = inputs;
  const { text: done } = await submit(link, 'finish', { ...sent, user: 'user-1' });
  const [, token = ''] = /data-token="([^"]+)"/.exec(done) ?? [];
  const { body } = await unified(`/connect/integration-by-token/${token}`);
  const { id } = (body as { data: { id: string } }).data;
  const { read_models } = ((await unified(`/integrations/${id}`)).body as { data: Integration }).data;
  expect(read_models.filter((model) => model.opted_out_by_customer).map((model) => model.id)).toEqual([
    'ats_interviews',
  ]);
  expect(JSON.stringify(read_models)).not.toMatch(/"source"[^}]*"opted_out_by_customer":true/);
});

test('a wrong key, a silent Gem and a team without recruiting are told apart, and no key is sent back', async () => {
  const stub = await startStubGem({ listTeamUsers: [], listUsers: people });
  const { unified, logged } = await start(stub.url);
  const link = await askForLink({ unified }, '/connect/create-link', newConnection);
  const tried = async (status: number, path: string) => {
    stub.intercept = (request, response) =>
      request.url?.startsWith(path) === true && answer(response, status, { message: 'Forbidden' });
    return submit(link, 'key', { key: 'a-key-nobody-may-see' });
  };
  const pages = [
    await submit(link, 'key', { key: '  ' }),
    await tried(403, '/v0/users'),
    await tried(403, '/ats/v0/users'),
    await tried(503, '/v0/users'),
    await tried(401, '/v0/users'),
    await tried(401, '/ats/v0/users'),
  ];
  expect(pages.map(({ status }) => status)).toEqual([422, 422, 422, 422, 422, 422]);
  const words = [
    'The key is missing',
    'does not accept this key',
    'Recruiting is not enabled',
    'does not answer',
    'does not accept this key',
    'does not accept this key',
  ];
  for (const [index, page] of pages.entries()) {
    expect(page.text).toContain(words[index]);
    expect(page.text).toMatch(/role="alert"/);
    expect(page.text).not.toContain('a-key-nobody-may-see');
  }
  expect(logged).toEqual([]);
});

test('only active users can be chosen, the administrators first', async () => {
  const stub = await startStubGem({ listTeamUsers: [], listUsers: people });
  const { unified } = await start(stub.url);
  const link = await askForLink({ unified }, '/connect/create-link', newConnection);
  const { text } = await submit(link, 'key', { key: 'good' });
  expect([...text.matchAll(/<option value="([^"]*)"/g)].map(([, id]) => id)).toEqual(['user-1', 'user-2']);
  const refused = await submit(link, 'finish', { user: 'user-3' });
  expect([refused.status, refused.text.includes('Choose a user')]).toEqual([422, true]);
  const unreadable = await submit(link, 'finish', {
    user: 'user-1',
    tracking_link: 'https://jobs.gem.com/acme',
  });
  expect([unreadable.status, unreadable.text.includes('names no source')]).toEqual([422, true]);
  expect((await submit(link, 'back', {})).text).toContain('Shareable access key');
});

test('a form from elsewhere is refused: without its token, or from another site', async () => {
  const stub = await startStubGem({ listTeamUsers: [], listUsers: people });
  const { unified } = await start(stub.url);
  const link = await askForLink({ unified }, '/connect/create-link', newConnection);
  const refused = [
    await submit(link, 'key', { key: 'good', form_token: '' }),
    await submit(link, 'key', { key: 'good', form_token: 'x'.repeat(43) }),
    await submit(link, 'key', { key: 'good' }, { 'Sec-Fetch-Site': 'cross-site' }),
  ];
  expect(refused.map(({ status }) => status)).toEqual([403, 403, 403]);
  expect(stub.requests).toEqual([]);
});

test('the page lets nothing in, is kept nowhere, and only an embedded link is shown within another page', async () => {
  const { unified } = await start('http://127.0.0.1:9');
  const embedded = await open(await askForLink({ unified }, '/connect/create-link', newConnection));
  const magic = await open(
    await askForLink({ unified }, '/connect/create-link', { ...newConnection, link_type: 'MAGIC_LINK' }),
  );
  const policy = ({ headers }: { headers: Headers }) => headers.get('Content-Security-Policy') ?? '';
  expect(policy(magic)).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+';/);
  expect(policy(magic)).toContain("frame-ancestors 'none'");
  expect(policy(embedded)).toContain('frame-ancestors https:');
  expect(magic.headers.get('Cache-Control')).toBe('no-store');
  expect(magic.headers.get('Referrer-Policy')).toBe('same-origin');
});

test('an embedded link lives for an hour, a magic one for a year, and a made-up one not at all', async () => {
  const { unified, clock, connector } = await start('http://127.0.0.1:9');
  const embedded = await askForLink({ unified }, '/connect/create-link', newConnection);
  const magic = await askForLink({ unified }, '/connect/create-link', {
    ...newConnection,
    link_type: 'MAGIC_LINK',
  });
  const statuses = async () => [(await open(embedded)).status, (await open(magic)).status];
  clock.advance(3_599_000);
  expect(await statuses()).toEqual([200, 200]);
  clock.advance(1000);
  expect(await statuses()).toEqual([404, 200]);
  clock.advance(364 * 86_400_000);
  expect(await statuses()).toEqual([404, 200]);
  clock.advance(86_400_000);
  expect(await statuses()).toEqual([404, 404]);
  expect((await open(`${connector.url}/connect/${'x'.repeat(43)}`)).text).toContain('does not work');
});

test('a key that was entered waits for an hour, then it is to be entered again', async () => {
  const stub = await startStubGem({ listTeamUsers: [], listUsers: people });
  const { unified, clock } = await start(stub.url);
  const link = await askForLink({ unified }, '/connect/create-link', {
    ...newConnection,
    link_type: 'MAGIC_LINK',
  });
  await submit(link, 'key', { key: 'a-key-nobody-may-see' });
  expect((await open(link)).text).toContain('User to write as');
  clock.advance(3_600_001);
  expect((await open(link)).text).toContain('Shareable access key');
});

test('after twenty keys that Gem refused, a link takes no more', async () => {
  const stub = await startStubGem({ listUsers: people });
  stub.intercept = (_request, response) => answer(response, 403, { message: 'Forbidden' });
  const { unified } = await start(stub.url);
  const link = await askForLink({ unified }, '/connect/create-link', newConnection);
  for (let attempt = 1; attempt <= 20; attempt += 1) {
    expect((await submit(link, 'key', { key: `guess-${attempt}` })).status).toBe(422);
  }
  stub.requests = [];
  expect((await submit(link, 'key', { key: 'another' })).status).toBe(403);
  expect(stub.requests).toEqual([]);
});

test('a new key is given to the same integration, unless it opens another account', async () => {
  const stub = await startStubGem({ listTeamUsers: [], listUsers: people });
  const { unified, connector } = await start(stub.url);
  const { id } = await connector.connect({
    gem: { url: stub.url, apiKey: 'old-key' },
    actingUserId: 'user-2',
  });
  const link = await askForLink({ unified }, `/integrations/${id}/relink`, {});
  stub.requests = [];
  const choices = await submit(link, 'key', { key: 'new-key' });
  expect(choices.text).toContain('<option value="user-2" selected>');
  await submit(link, 'finish', { user: 'user-1' });
  const again = await askForLink({ unified }, `/integrations/${id}/relink`, {});
  expect((await unified(`/integrations/${id}`)).body).toMatchObject({ data: { id, status: 'ACTIVE' } });
  stub.requests = [];
  await connector.sync(id);
  expect(new Set(stub.requests.map(({ headers }) => headers['x-api-key']))).toEqual(new Set(['new-key']));

  stub.lists['listUsers'] = [{ ...admin, id: 'somebody-else' }];
  const foreign = await submit(again, 'key', { key: 'key-of-others' });
  expect([foreign.status, foreign.text.includes('another Gem account')]).toEqual([422, true]);
});

test('an integration without an acting user lacks one, and gets one by its setup link', async () => {
  const nobody = people.map((user) => ({ ...user, site_admin: false }));
  const stub = await startStubGem({ listTeamUsers: [], listUsers: nobody });
  const { unified, connector } = await start(stub.url);
  const { id } = await connector.connect({ gem: { url: stub.url, apiKey: 'key' } });
  expect((await unified(`/integrations/${id}`)).body).toMatchObject({ data: { setup_status: 'INCOMPLETE' } });
  const link = await askForLink({ unified }, `/integrations/${id}/setup-link`, { link_type: 'EMBEDDED' });
  await submit(link, 'finish', { user: 'user-2' });
  expect((await unified(`/integrations/${id}`)).body).toMatchObject({
    data: { setup_status: 'FINAL_SYNC_PENDING' },
  });
});

test('an account that is connected anew after its integration was deleted begins with nothing', async () => {
  const stub = await startStubGem({ listTeamUsers: [], listUsers: people });
  const { unified, connector } = await start(stub.url);
  const { id } = await connector.connect({ gem: { url: stub.url, apiKey: 'key' } });
  await connector.sync(id);
  await unified(`/integrations/${id}`, { method: 'DELETE', body: '{}' });
  const link = await askForLink({ unified }, '/connect/create-link', newConnection);
  await submit(link, 'key', { key: 'key' });
  await submit(link, 'finish', { user: 'user-1' });
  expect((await unified(`/integrations/${id}`)).body).toMatchObject({
    data: { id, setup_status: 'FINAL_SYNC_PENDING' },
  });
  expect(Object.values(await connector.countRows(id)).every((count) => count === 0)).toBe(true);
});

test('a form that is sent twice makes one integration, with one first sync', async () => {
  const stub = await startStubGem({ listTeamUsers: [], listUsers: people });
  const { unified } = await start(stub.url);
  const link = await askForLink({ unified }, '/connect/create-link', newConnection);
  await submit(link, 'key', { key: 'key' });
  const [one, other] = await Promise.all(
    ['user-1', 'user-1'].map((user) => submit(link, 'finish', { user })),
  );
  expect([one?.status, other?.status]).toEqual([200, 200]);
  const tokens = [one, other].map((page) => /data-token="([^"]+)"/.exec(page?.text ?? '')?.[1]);
  expect(tokens).toEqual([expect.any(String), tokens[0]]);
  const { body } = await unified(`/connect/integration-by-token/${tokens[0]}`);
  const { id } = (body as { data: { id: string } }).data;
  expect((await unified(`/integrations/${id}/syncs`)).body).toMatchObject({
    data: { results: [{ state: 'QUEUED' }] },
  });
});
