import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { defaultAnchor } from '../../../seeds/index.ts';
import { readServeOptions, type ServeOptions } from '../../../mock-server/cli/serve/options.ts';
import { prepareWorld } from '../../../mock-server/cli/serve/serve.ts';
import { startMockGem } from '../../../mock-server/server.ts';
import { root, run } from '../../support/process.ts';

interface Ready {
  url: string;
  api_key: string;
  now: string;
}

const given: ServeOptions = {
  port: 0,
  host: '127.0.0.1',
  scenario: 'empty',
  seed: 'mock-gem',
  anchor: defaultAnchor,
  apiKey: 'S'.repeat(40),
  idleWorlds: 60,
  rateLimit: true,
  logSize: 10,
  control: true,
};

test('serves a scenario with its clock, faults and recruiters, and prints each request without its key', async () => {
  const program = `${root}/mock-server/mock-gem.js`;
  const fault = { fault: 'status', status: 503, match: { operation: 'listOffices' } };
  const flags = ['--port', '0', '--json', '--log', 'json', '--scenario', 'hiring-week', '--activity', '60'];
  const serve = run('node', [program, 'serve', ...flags, '--freeze', '--fault', JSON.stringify(fault)]);
  const { url, api_key, now } = JSON.parse(await serve.line((line) => line.startsWith('{'))) as Ready;
  expect(now).toBe(defaultAnchor);

  const ask = (path: string) => fetch(`${url}${path}`, { headers: { 'X-API-Key': api_key } });
  expect((await ask('/ats/v0/offices/')).status).toBe(503);
  expect((await ask('/ats/v0/offices/?page=2')).status).toBe(200);
  const refused = JSON.parse(await serve.line((line) => line.includes('listOffices'))) as object;
  expect(refused).toMatchObject({ operation: 'listOffices', status: 503, faults: ['fault-1'] });

  const control = `${url}/_control/worlds/default`;
  const changed = await fetch(`${control}/clock`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{"advance":"1 day"}',
  });
  expect(await changed.json()).toEqual({ now: '2026-11-17T09:00:00.000Z', state: 'frozen' });
  expect(await (await fetch(`${control}/simulation`)).json()).toMatchObject({ per_hour: 60 });

  serve.child.kill('SIGINT');
  const { code, stdout, stderr } = await serve.ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.split('\n').slice(1).join('\n')).not.toContain(api_key);
});

test('loads nothing at its start that most who start it never need', async () => {
  const told = `import { registerHooks } from 'node:module';
    registerHooks({ load: (url, context, next) => (process.stderr.write(url + '\\n'), next(url, context)) });`;
  const hooks = `data:text/javascript,${encodeURIComponent(told)}`;
  const serve = run('node', [
    '--import',
    hooks,
    `${root}/mock-server/mock-gem.js`,
    'serve',
    '--port',
    '0',
    '--json',
  ]);
  const { url, api_key } = JSON.parse(await serve.line((line) => line.startsWith('{'))) as Ready;
  const answer = await fetch(`${url}/ats/v0/jobs/`, { headers: { 'X-API-Key': api_key } });
  expect(answer.status).toBe(200);
  serve.child.kill('SIGINT');
  const { stderr } = await serve.ended;
  expect(stderr).toContain('/node_modules/express/');
  for (const module of ['yaml', 'pino', 'multer', 'vite', 'kysely', '@electric-sql'])
    expect(stderr).not.toContain(`/node_modules/${module}/`);
  expect(stderr).not.toContain('/unified.json');
});

test.each([
  [{ scenario: 'defualt' }, 'no scenario is called "defualt"'],
  [{ set: ['jobs'] }, '"jobs" is no setting; write it as key=value'],
  [{ switch: ['same_persn=reuse'] }, 'no switch is called "same_persn"; did you mean "same_person"?'],
  [{ switch: ['same_person=merge'] }, 'same_person cannot be "merge"; it is one of reuse, create'],
  [
    { switch: ['attachment_link_seconds=soon'] },
    'attachment_link_seconds has to be a whole number, not "soon"',
  ],
  [{ switch: ['rate_limit={"per_second":1}'] }, '--switch rate_limit: "burst" is missing'],
  [{ switch: ['variation=5.5'] }, 'variation has to be "off" or a text or a whole number'],
] as const)('refuses %j in one line that says what to do', async (wrong, reason) => {
  const reading = readServeOptions({ ...given, ...structuredClone<Partial<ServeOptions>>(wrong as never) });
  await expect(reading).rejects.toThrow(reason);
  await expect(reading).rejects.toThrow(/^[^\n]*$/);
});

test.each([
  ['{', '--fault takes JSON such as'],
  ['{"fault":"statsu"}', 'unknown fault "statsu"; did you mean "status"?'],
  ['{"fault":"latency"}', /^--fault \{"fault":"latency"\} cannot be: "milliseconds" is missing$/],
  [
    '{"fault":"status","status":500,"times":"often"}',
    /: times has to be a whole number from 1 or "always", not "often"$/,
  ],
])('refuses the fault %s', async (fault, reason) => {
  const gem = await startMockGem({ port: 0, scenario: 'empty' });
  try {
    await expect(prepareWorld(gem, { ...given, fault: [fault] })).rejects.toThrow(reason);
  } finally {
    await gem.close();
  }
});

test('takes switches by name and by short flags', async () => {
  const { switches } = await readServeOptions({
    ...given,
    rateLimit: false,
    lenient: true,
    refuseAssumptions: true,
    switch: ['stage_after_hire=clear', 'rate_limit={"per_second":5,"burst":7}'],
  });
  expect(switches).toEqual({
    rate_limit: { per_second: 5, burst: 7 },
    checking: 'lenient',
    assumptions: 'refuse',
    stage_after_hire: 'clear',
  });
});

test('whoever reads what is printed may leave before its end', async () => {
  const list = spawn(process.execPath, [`${root}/mock-server/mock-gem.js`, 'scenario', 'list']);
  list.stdout.destroy();
  const [said, [code]] = await Promise.all([text(list.stderr), once(list, 'close')]);
  expect({ code: Number(code), said }).toEqual({ code: 0, said: '' });
});
