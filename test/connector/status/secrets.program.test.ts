// Secrets are planted wherever one can be given, everything that can go wrong does, and all that the connector tells is looked through.
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { placeOnPostgres } from '../../support/databases.ts';
import { oneOfEach } from '../../support/gem-records.ts';
import { root, run } from '../../support/process.ts';
import { answer, startStubGem } from '../../support/stub-gem.ts';
import { startReceiver } from '../webhooks/support/receiver.ts';
import { startCollector } from './support/collector.ts';

const main = `${root}/connector/main.ts`;
/** What is asked again and again is told each time, and costs what it is to tell. */
const poll = { timeout: 60_000, interval: 200 };
const has = (event: string) => (line: string) => line.includes(`"event":"${event}"`);

const planted = {
  GEM_API_KEY: 'PlantedGemKeyPlantedGemKeyPlantedGemKey1',
  GEM_APPLICATION_SECRET: 'planted-application-secret',
  CONNECTOR_API_KEY: 'mgc_planted-connector-key',
  CONNECTOR_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
  CONNECTOR_OTHER_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
  CONNECTOR_WEBHOOK_SECRET: 'planted-webhook-secret',
  CONNECTOR_PREVIOUS_WEBHOOK_SECRET: 'planted-webhook-secret-before',
};
/** What stands within other settings, or comes with a call. */
const within = {
  password: 'planted-database-password',
  collectorKey: 'planted-collector-key',
  receiverToken: 'planted-receiver-token',
  storedSecret: 'planted-secret-that-a-caller-set',
  rotatedKey: 'PlantedGemKeyPlantedGemKeyPlantedGemKey2',
  passedHeader: 'planted-header-of-a-raw-call',
};

test(
  'no log, metric, trace, error or event has a secret in it, though Gem, receivers and the collector repeat what they got',
  { timeout: 180_000 },
  async () => {
    // Programs take most of the time to start, so all of them do at once.
    const forms = (['json', 'text'] as const).map(watch);
    const [starts, ...told] = await Promise.all([whatStartsTell(), ...forms]);
    for (const [where, text] of [...Object.entries(starts), ...told]) {
      for (const secret of [...Object.values(planted), ...Object.values(within)]) {
        expect(text.includes(secret), `${secret} in ${where}`).toBe(false);
      }
    }
  },
);

/** Runs a connector, has everything fail, and gives all that it told. */
async function watch(form: 'json' | 'text'): Promise<[string, string]> {
  const [stub, receiver, collector] = await Promise.all([
    startStubGem(oneOfEach()),
    startReceiver(),
    startCollector(),
  ]);
  const { databaseUrl } = await placeOnPostgres();
  const connector = run(
    'node',
    [
      main,
      ...`--json --port 0 --status-port 0 --gem-url ${stub.url} --gem-rate 0 --gem-retries 0`.split(' '),
      ...`--acting-user user-1 --allow-private-addresses --check-every 1`.split(' '),
      ...`--log ${form} --log-level debug --log-url https://logs.example/{trace_id}`.split(' '),
    ],
    {
      env: {
        ...planted,
        DATABASE_URL: databaseUrl.replace('postgres@', `postgres:${within.password}@`),
        CONNECTOR_WEBHOOK_URL: `${receiver.url}&key=${within.receiverToken}`,
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
        OTEL_EXPORTER_OTLP_HEADERS: `x-collector-key=${within.collectorKey}`,
        OTEL_BSP_SCHEDULE_DELAY: '100',
        OTEL_METRIC_EXPORT_INTERVAL: '500',
      },
    },
  );
  const { statusUrl } = JSON.parse(await connector.line(has('listening'))) as Record<string, string>;
  const ready = JSON.parse(await connector.line(has('ready'))) as Record<string, string>;
  const answers: string[] = [];
  const call = async (method: string, path: string, body?: object): Promise<string> => {
    const response = await fetch(`${ready['apiUrl']}${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${planted.CONNECTOR_API_KEY}`,
        'X-Integration-Id': ready['integrationId'] ?? '',
        'Content-Type': 'application/json',
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    answers.push(text);
    return text;
  };
  const syncs = `/integrations/${ready['integrationId']}/syncs`;
  await expect.poll(() => call('GET', syncs), poll).toContain('"state":"SUCCEEDED"');

  const [job] = JSON.parse(await call('GET', '/ats/jobs')).data.results;

  // Whoever is called tells what it was called with.
  stub.intercept = (request, response) => {
    const message = JSON.stringify(request.headers);
    if (request.method === 'POST')
      return answer(response, 400, { code: 400, status: 'Bad Request', message });
    return answer(response, request.url?.includes('/candidates') ? 401 : 500, { message });
  };
  receiver.reply = (response, { headers }) => response.writeHead(503).end(JSON.stringify(headers));
  collector.refuses = true;
  await call('PUT', '/webhooks', { url: `${receiver.url}&also`, secret: within.storedSecret });
  for (const body of [{ type: 'DELTA' }, { type: 'FULL' }]) {
    await call('POST', '/force-sync', body);
    await expect.poll(() => call('GET', syncs), poll).not.toMatch(/"(?:QUEUED|RUNNING)"/);
  }
  const refused = await call('POST', '/ats/candidates', {
    candidate: { first_name: 'Ada', last_name: 'Example', email_address: 'ada@example.com' },
    application: { job_id: job.id },
  });
  expect(refused).toContain('REMOTE.');
  await call('POST', `/integrations/${ready['integrationId']}/relink`, { api_key: within.rotatedKey });
  await call('POST', '/passthrough/gem/api', {
    method: 'GET',
    path: '/nowhere',
    headers: { 'X-Api-Key': within.passedHeader },
  });
  await call('GET', '/ats/candidates?page_size=0');
  for (const path of ['/integrations', `/integrations/${ready['integrationId']}/issues`])
    await call('GET', path);
  const attempts = await call('GET', '/webhooks/deliveries');
  expect(attempts).toContain('503');
  const page = await (await fetch(`${statusUrl}/metrics`)).text();
  expect(page).toMatch(/connector_gem_calls_total\{[^}]*status="401"/);
  connector.child.kill('SIGTERM');
  const { stdout, stderr } = await connector.ended;

  // What was looked for did get to where it belongs, and what went wrong was told.
  expect(JSON.stringify(stub.requests)).toContain(planted.GEM_API_KEY);
  expect(collector.headers.join()).toContain(within.collectorKey);
  expect(stderr).toMatch(/telemetry: /);
  expect(stderr).toContain(form === 'json' ? '"trace_id"' : 'POST /v1/force-sync 200');
  expect(collector.bodies.join()).toContain('Gem listCandidates');
  // A receiver's own words are shown to its owner as they came; the address is what he set.
  const shown = answers.map((text) => text.replaceAll(/"(?:url|answer)":"(?:[^"\\]|\\.)*"/g, ''));
  return [`--log ${form}`, [stdout, stderr, page, ...collector.bodies, ...shown].join('\n')];
}

/** What comes of settings with which nothing can be started. */
async function whatStartsTell(): Promise<Record<string, string>> {
  const { databaseUrl } = await placeOnPostgres();
  const wrong: Record<string, Record<string, string>> = {
    'a database that is not there': {
      DATABASE_URL: `postgres://someone:${within.password}@127.0.0.1:1/nowhere`,
    },
    'a key of the wrong length': {
      DATABASE_URL: databaseUrl,
      CONNECTOR_ENCRYPTION_KEY: planted.CONNECTOR_ENCRYPTION_KEY.slice(1),
    },
    'an address that is none': {
      DATABASE_URL: databaseUrl,
      CONNECTOR_WEBHOOK_URL: `${within.receiverToken}://`,
    },
  };
  const ended = await Promise.all(
    Object.entries(wrong).map(async ([what, env]) => {
      const flags = [main, '--json', '--port', '0', '--status-port', '0'];
      const { code, stdout, stderr } = await run('node', flags, { env: { ...planted, ...env } }).ended;
      expect([code, stderr], what).toEqual([1, expect.stringMatching(/\w/)]);
      const shortened = env['CONNECTOR_ENCRYPTION_KEY'] ?? within.password;
      expect(stderr, what).not.toContain(shortened);
      return [what, `${stdout}\n${stderr}`] as const;
    }),
  );
  return Object.fromEntries(ended);
}
