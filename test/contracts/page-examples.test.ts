// Every example on the pages is sent as it stands there.
import { beforeAll, describe, expect, test } from 'vitest';
import { startConnector } from '../../connector/server.ts';
import { controlDescription } from '../../contracts/control.ts';
import { gemDescription } from '../../contracts/gem.ts';
import type { Operation } from '../../contracts/description.ts';
import { developmentApiKey, unifiedDescription } from '../../contracts/unified.ts';
import { startMockGem } from '../../mock-server/server.ts';
import { useBoth } from '../support/both.ts';
import { sendRaw } from '../support/control.ts';
import { placeOnPostgres } from '../support/databases.ts';
import { readCurl } from '../support/shell.ts';

const both = useBoth({}, { apiKey: developmentApiKey });

let pages: Record<'gem' | 'control' | 'connector', string>;
beforeAll(async () => {
  const page = async (url: string) => (await fetch(url)).text();
  pages = {
    gem: await page(`${both.gem.url}/docs`),
    control: await page(`${both.gem.url}/_control/docs`),
    connector: await page(`${both.connector.url}/docs`),
  };
});

/** The example of an operation, as somebody copies it from a page. */
function exampleOf(page: string, { id }: Operation): string {
  const [, box = ''] = page.split(`id="${id}"`);
  const [, command = ''] = /<h4>Example<\/h4>\s*<pre><code>(.*?)<\/code>/s.exec(box) ?? [];
  return command.replaceAll(/&(lt|gt|quot|#39|amp);/g, (_all, name: string) => characters[name] ?? '');
}

const characters: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };

async function send(command: string, environment?: Record<string, string>): Promise<[number, string]> {
  const { url, init } = readCurl(command, environment);
  const response = await fetch(url, init);
  const isStream = response.headers.get('content-type') === 'text/event-stream';
  if (isStream) await response.body?.cancel();
  return [response.status, isStream ? 'a stream' : await response.text()];
}

const done = /^20[014]$/;

describe.each([...gemDescription.operations.values()])('$id', (operation) => {
  test('does what it is for when its example is sent to the emulator', async () => {
    await both.gem.control.world().then((world) => world.reset());
    const [status, text] = await send(exampleOf(pages.gem, operation));
    expect(String(status), text).toMatch(done);
  });
});

describe.each([...controlDescription.operations.values()])('$id', (operation) => {
  test('does what it is for when its example is sent', async () => {
    const { control } = both.gem;
    const world = await control.world();
    await world.reset();
    for (const fault of await world.faults.list()) await world.faults.disarm(fault.id);
    await control.openWorld({ key: 'Abcdefghij0123456789Abcdefghij0123456789' });
    // What the example of another operation would have made.
    if (operation.path.includes('{snapshot}')) await world.save('before-migration');
    if (operation.id === 'disarmFault') await world.faults.arm({ fault: 'status', status: 503 });
    if (operation.path.includes('{number}')) await world.fetch('/ats/v0/jobs/');
    if (operation.id === 'getUnknownKeyRequest') await fetch(`${both.gem.url}/ats/v0/jobs/`);
    if (operation.id === 'getChanges') await world.mark('before-the-action');
    const command = exampleOf(pages.control, operation);
    const body = operation.id === 'importWorld' ? JSON.stringify(await world.export()) : '';
    const [status, text] = await send(
      command.replace('@body.json', () => `'${body.replaceAll("'", `'\\''`)}'`),
    );
    expect(String(status), text).toMatch(done);
  });
});

const unified = [...unifiedDescription.operations.values()];
// The integration is needed by all the others.
const last = unified.filter(({ id }) => id === 'deleteIntegration');
describe.each([...unified.filter((one) => !last.includes(one)), ...last])('$id', (operation) => {
  test('does what it is for when its example is sent to the connector, or says that Gem has no such thing', async () => {
    const command = exampleOf(pages.connector, operation);
    // Tokens and ids that nothing on the server can know are left for the reader to fill in.
    const open = /\{(\w+)\}/.exec(command.replace(/ -d .*/s, ''))?.[1];
    const [status, text] = open === undefined ? await send(command) : [200, `{"${open}":"success"}`];
    expect(`${status} ${text}`).toMatch(expectedOf(operation));
  });
});

test.each([
  [
    'the emulator',
    () => both.gem.url,
    'Gem API',
    ['/docs', '/openapi.json', '/_control/docs', '/_control/openapi.json'],
  ],
  [
    'the connector',
    () => both.connector.url,
    'Unified ATS API',
    ['/docs', '/openapi.json', '/connect/guide'],
  ],
])(
  '%s serves its page to people and its description to tools, and one leads to the other',
  async (_who, url, title, links) => {
    const page = await fetch(`${url()}/docs`);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const text = await page.text();
    expect(text).toContain(`<title>${title}</title>`);
    for (const path of links) {
      expect(text).toContain(`<a href="${path}">`);
      expect((await fetch(`${url()}${path}`)).status, path).toBe(200);
    }
    expect(await (await fetch(`${url()}/openapi.json`)).json()).toMatchObject({ openapi: '3.1.0' });
  },
);

test('a key that somebody chose is shown to this machine alone, and no connector shows one', async () => {
  const apiKey = 'AnotherKeyAnotherKeyAnotherKeyAnotherKey';
  const gem = await startMockGem({ port: 0, apiKey });
  const asked = async (host: string) => (await sendRaw(`${gem.url}/docs`, { headers: { Host: host } })).text;
  expect(await asked('localhost')).toContain(apiKey);
  const seenFromElsewhere = await asked('gem.example');
  expect(seenFromElsewhere).not.toContain(apiKey);
  expect(seenFromElsewhere).toContain('X-API-Key: $GEM_API_KEY');
  await gem.close();
  const connector = await startConnector({ ...(await placeOnPostgres()), port: 0, apiKey });
  const page = await (await fetch(`${connector.url}/docs`)).text();
  expect(page).not.toContain(apiKey);
  expect(page).toContain('-H &quot;Authorization: Bearer $CONNECTOR_API_KEY&quot;');
  expect(page).toContain('$INTEGRATION_ID');
  await connector.close();
});

/** What the connector answers to the example of an operation. */
function expectedOf({ id, path, method }: Operation): RegExp {
  const { paths } = unifiedDescription.document as { paths: Record<string, Record<string, object>> };
  if ('x-unsupported' in (paths[path]?.[method] ?? {})) return /_NOT_AVAILABLE/;
  // Nothing is left to set up once an account is connected.
  if (id === 'createSetupLink') return /^400 .*lacks nothing/;
  if (id === 'getIntegrationByToken') return /^200 \{"token"/;
  if (id === 'sendDeliveryAgain') return /^200 \{"event_id"/;
  // Every record of this world can be used.
  if (id === 'getRejectedRecordShape') return /^404 .*no such rejected record/;
  return path.includes('{webhook_id}') ? /^200 \{"webhook_id"/ : /^200 \{"status":"success"/;
}
