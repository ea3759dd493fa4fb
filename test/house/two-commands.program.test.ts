import { describe, expect, test } from 'vitest';
import { run, root } from '../support/process.ts';

interface Ready {
  gem: { url: string; api_key: string; application_secret: string };
  connector: { url: string; api_key: string; integration_id: string };
  webhooks: { url: string };
}

const program = `${root}/mock-server/mock-gem.js`;

function startDev(...flags: string[]) {
  return run('node', [program, 'dev', '--json', ...flags]);
}

async function readyOf(dev: ReturnType<typeof run>): Promise<Ready> {
  return JSON.parse(await dev.line((line) => line.startsWith('{"gem"'))) as Ready;
}

describe('mock-gem dev', () => {
  test('prints one JSON line, with which both sides answer, and keeps its ports until it is stopped', async () => {
    const fault = { fault: 'status', status: 503, match: { operation: 'listOffices' } };
    const worlds = ['--freeze', '2026-11-17T09:00Z', '--fault', JSON.stringify(fault), '--log', 'json'];
    const dev = startDev(
      '--gem-port',
      '0',
      '--connector-port',
      '0',
      '--webhook-port',
      '0',
      ...worlds,
      '--public-url',
      'https://gem.example',
    );
    const { gem, connector, webhooks } = await readyOf(dev);
    const candidates = await fetch(`${gem.url}/ats/v0/candidates/?per_page=2`, {
      headers: { 'X-API-Key': gem.api_key, 'X-Application-Secret': gem.application_secret },
    });
    expect(await candidates.json()).toHaveLength(2);
    expect(await linksOf(gem)).toEqual(['https://gem.example']);
    const jobs = await fetch(`${connector.url}/ats/jobs?page_size=3`, {
      headers: { Authorization: `Bearer ${connector.api_key}`, 'X-Integration-Id': connector.integration_id },
    });
    expect(await jobs.json()).toMatchObject({ status: 'success', data: { next: expect.any(String) } });

    // What the emulator alone can be told, it can be told here; faults wait until the first sync is over.
    const offices = await fetch(`${gem.url}/ats/v0/offices/`, { headers: { 'X-API-Key': gem.api_key } });
    expect(offices.status).toBe(503);
    const clock = await fetch(`${gem.url}/_control/worlds/default/clock`);
    expect(await clock.json()).toEqual({ now: '2026-11-17T09:00:00.000Z', state: 'frozen' });
    const noticed = JSON.parse(await dev.line((line) => line.includes('"fault_kinds"'))) as object;
    expect(noticed).toMatchObject({ operation: 'listOffices', status: 503, fault_kinds: ['status'] });
    // The connector's webhooks reach this machine.
    await caught(webhooks.url, 'sync-finished');
    const told = JSON.parse(await dev.line((line) => line.includes('"sync-finished"'))) as object;
    expect(told).toMatchObject({ webhook: { type: 'sync-finished', signature: 'verified' } });

    const [noGemPort, noConnectorPort] = await Promise.all([
      startDev('--gem-port', portOf(gem.url), '--connector-port', '0').ended,
      startDev('--gem-port', '0', '--connector-port', portOf(connector.url)).ended,
    ]);
    expect(noGemPort).toMatchObject({ code: 1, stdout: '' });
    expect(noGemPort.stderr).toMatch(/^mock-gem: port \d+ is taken.*--gem-port\n$/);
    expect(noConnectorPort).toMatchObject({ code: 1, stdout: '' });
    expect(noConnectorPort.stderr).toMatch(/^mock-gem: port \d+ is taken.*--connector-port\n$/);

    dev.child.kill('SIGINT');
    const { code, stdout, stderr } = await dev.ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const line of stdout.trim().split('\n')) expect(JSON.parse(line)).toBeTypeOf('object');
    await expect(fetch(connector.url)).rejects.toThrow('fetch failed');
    await expect(fetch(gem.url)).rejects.toThrow('fetch failed');
  });

  test('is reached from elsewhere where it listens there, with a key that nobody knows', async () => {
    const flags = ['--gem-port', '0', '--connector-port', '0', '--webhook-port', '0', '--trust-proxy'];
    const dev = startDev(...flags, '--host', '0.0.0.0');
    const { gem, connector, webhooks } = await readyOf(dev);
    for (const { url } of [gem, connector, webhooks]) expect(new URL(url).hostname).toBe('0.0.0.0');
    expect(connector.api_key).toMatch(/^[\w-]{32}$/);
    const proxy = { 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'proxy.example' };
    expect(await linksOf(gem, proxy)).toEqual(['https://proxy.example']);
    await caught(fromHere(webhooks.url), 'sync-finished');
    dev.child.kill('SIGTERM');
    expect(await dev.ended).toMatchObject({ code: 0, stderr: '' });
  });

  test('ends with the npm that started it, starts again on the same ports, and leaves nothing when it is killed', async () => {
    const npm = run('npm', ['start', '--', '--json', '--gem-port', '0', '--connector-port', '0']);
    const { gem, connector } = await readyOf(npm);
    npm.child.kill('SIGKILL');
    await npm.ended;
    await Promise.all([gone(gem.url), gone(connector.url)]);

    const again = startDev('--gem-port', portOf(gem.url), '--connector-port', portOf(connector.url));
    expect(await readyOf(again)).toMatchObject({ gem, connector });
    again.child.kill('SIGKILL');
    await again.ended;
    await gone(connector.url);
    await expect(fetch(connector.url)).rejects.toThrow('fetch failed');
  });

  test('shows the first sync, then what runs where, the keys, the counts and three commands to try', async () => {
    const dev = run('node', [program, 'dev', '--gem-port', '0', '--connector-port', '0']);
    await dev.line((line) => line.includes('sync-finished'));
    const pages = [
      ...dev
        .printed()
        .matchAll(
          /http:\/\/[\d.]+:\d+(?:\/(?:docs|openapi\.json|_control\/docs|connect\/guide|webhooks))?(?=[\s)]|$)/g,
        ),
    ];
    expect(pages.map(([page]) => new URL(page).pathname).toSorted()).toEqual([
      '/',
      '/_control/docs',
      '/connect/guide',
      '/docs',
      '/docs',
      '/openapi.json',
      '/openapi.json',
      '/webhooks',
    ]);
    for (const [page] of pages) expect((await fetch(page)).status, page).toBeLessThan(500);
    dev.child.kill('SIGTERM');
    const { code, stdout } = await dev.ended;
    expect(code).toBe(0);
    expect(stdout).toMatch(/synced candidates: \d+/);
    expect(stdout).toMatch(/ats_candidates +\d+/);
    const commands = stdout.split('\n').filter((line) => line.startsWith('  curl '));
    expect(commands).toHaveLength(3);
    expect(stdout.indexOf('synced')).toBeLessThan(stdout.indexOf('curl'));
  });
});

describe('mock-gem', () => {
  test.each(['--help', 'dev --help', 'serve --help', 'connector --help'])(
    'teaches with an example: %s',
    async (flags) => {
      const { code, stdout } = await run('node', [program, ...flags.split(' ')]).ended;
      expect(code).toBe(0);
      expect(stdout).toContain('Example');
    },
  );

  test.each(['dev --gem-port 0 --connector-port 0', 'serve --port 0', 'connector --port 0 --in-memory'])(
    '%s ends when it is told to as soon as it listens for that, though it is still starting',
    async (words) => {
      const atOnce = `const { on } = process; process.on = function (name, listener) {
      if (name !== 'SIGTERM') return on.call(process, name, listener);
      process.on = on;
      on.call(process, name, listener);
      process.kill(process.pid, name);
      return process;
    }`;
      const flags = ['--import', `data:text/javascript,${encodeURIComponent(atOnce)}`, program];
      const { code, stderr } = await run('node', [...flags, ...words.split(' ')]).ended;
      // By then there may be something to close, or not.
      expect([0, 143]).toContain(code);
      expect(stderr).toBe('');
    },
  );

  test.each([
    [['serve', '--json', '--log', 'text'], 'with --json only JSON is printed; take --log json'],
    [['serve', '--port', 'http'], 'A port is a whole number'],
    [['serve', '--scenario', 'defualt'], 'no scenario is called "defualt"; did you mean "default"?'],
    [['serve', '--anchor', 'yesterday'], 'An instant looks like'],
    [['serve', '--api-key', 'short'], 'A Gem API key has 40 letters and digits'],
    [['sevre'], 'Did you mean serve?'],
  ])('says what is wrong with %j', async (flags, words) => {
    const { code, stderr } = await run('node', [program, ...flags]).ended;
    expect(code).toBe(1);
    expect(stderr).toContain(words);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

/** Where the links to the files of candidates lead. */
async function linksOf(gem: Ready['gem'], headers: Record<string, string> = {}): Promise<string[]> {
  const response = await fetch(`${fromHere(gem.url)}/ats/v0/candidates/?per_page=100`, {
    headers: { 'X-API-Key': gem.api_key, ...headers },
  });
  const candidates = (await response.json()) as { attachments: { url: string }[] }[];
  const links = candidates.flatMap(({ attachments }) => attachments.map(({ url }) => new URL(url).origin));
  return [...new Set(links)];
}

/** Not every system leads `0.0.0.0` to itself. */
function fromHere(url: string): string {
  return url.replace('//0.0.0.0:', '//127.0.0.1:');
}

/** Waits until a webhook of a type has come, by asking. */
async function caught(url: string, type: string): Promise<void> {
  while (!(await (await fetch(url)).text()).includes(`"${type}"`));
}

/** The connector ends by itself once its parent is gone; this waits for it, by asking. */
async function gone(url: string): Promise<void> {
  for (;;) {
    try {
      await fetch(url);
    } catch {
      return;
    }
  }
}

function portOf(url: string): string {
  return new URL(url).port;
}
