import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { controlDescription } from '../../../contracts/control.ts';
import type { Operation } from '../../../contracts/description.ts';
import { createValidator } from '../../../contracts/validator.ts';
import { startMockGem, type MockGem } from '../../../mock-server/server.ts';
import { sendRaw, type RawAnswer } from '../../support/control.ts';
import { isStream, prepareWorld, pathOf } from './control-calls.ts';

const operations = [...controlDescription.operations.values()];
const validator = createValidator(controlDescription, { unknownFields: 'refuse' });
const token = 'a-token-for-tests';
const defects: unknown[] = [];
let open: MockGem;
let guarded: MockGem;

beforeAll(async () => {
  const options = { port: 0, checkAnswers: true, report: (defect: unknown) => defects.push(defect) };
  open = await startMockGem(options);
  guarded = await startMockGem({ ...options, controlToken: token });
});
afterAll(async () => {
  await Promise.all([open.close(), guarded.close()]);
  expect(defects).toEqual([]);
});

/** Calls an operation with the example that its description gives. */
async function call(
  gem: MockGem,
  operation: Operation,
  { path = pathOf(operation), headers = {}, body = exampleOf(operation) }: Partial<Sent> = {},
): Promise<RawAnswer> {
  return sendRaw(`${gem.url}${path}`, {
    method: operation.method.toUpperCase(),
    headers: { ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
    ...(body !== undefined && { body }),
  });
}

interface Sent {
  path: string;
  headers: Record<string, string>;
  body: string | undefined;
}

describe.each(operations)('$id', (operation) => {
  test('is told to people: a summary, a description, and an example of what it takes', () => {
    const node = nodeOf(operation);
    expect(operation.summary).not.toBe('');
    expect(node.description).toMatch(/\w/);
    const isWithoutExample = !operation.body || operation.id === 'importWorld';
    expect(exampleOf(operation) === undefined).toBe(isWithoutExample);
  });

  test('gives only examples that fit its own description', () => {
    for (const [status, answer] of Object.entries(nodeOf(operation).responses)) {
      const example = answer.content?.['application/json'].example;
      if (example === undefined) continue;
      expect(validator.answer(operation, Number(status), example), status).toEqual([]);
    }
  });

  test('answers its own example as described', async () => {
    const body = await prepareWorld(open, operation);
    const answer = await call(open, operation, body === undefined ? {} : { body });
    expect(answer.status, answer.text).toBeLessThan(300);
    const hasJson = answer.text !== '' && !isStream(operation);
    const value: unknown = hasJson ? JSON.parse(answer.text) : undefined;
    expect(validator.answer(operation, answer.status, value)).toEqual([]);
  });

  test('refuses a foreign name for this machine, and pages of another origin', async () => {
    expect(statusOf(await call(open, operation, { headers: { Host: 'rebound.example' } }))).toBe(403);
    expect(statusOf(await call(open, operation, { headers: { Origin: 'https://other.example' } }))).toBe(403);
    expect(statusOf(await call(open, operation, { headers: { Origin: 'null' } }))).toBe(403);
    const takenIn = {
      'Sec-Fetch-Site': 'cross-site',
      'Sec-Fetch-Mode': 'no-cors',
      'Sec-Fetch-Dest': 'script',
    };
    expect(statusOf(await call(open, operation, { headers: takenIn }))).toBe(403);
  });

  test('wants the token where there is one', async () => {
    expect(statusOf(await call(guarded, operation))).toBe(401);
    expect(statusOf(await call(guarded, operation, { headers: { Authorization: `Bearer ${token}x` } }))).toBe(
      401,
    );
    expect(statusOf(await call(guarded, operation, { headers: { Authorization: token } }))).toBe(401);
  });
});

describe.each(operations.filter(({ parameters }) => parameters.some((parameter) => parameter.in === 'path')))(
  '$id',
  (operation) => {
    test('says in its own shape that there is no such thing', async () => {
      const body = await prepareWorld(open, operation);
      const path = operation.path.replaceAll(
        /\{(\w+)\}/g,
        (_all, name: string) => ({ resource: 'jobs', number: '999999' })[name] ?? 'no-such-thing',
      );
      const sent = operation.id === 'saveSnapshot' ? '{"world":"no-such-thing"}' : body;
      const answer = await call(open, operation, { path, ...(sent !== undefined && { body: sent }) });
      expect(statusOf(answer)).toBe(404);
    });
  },
);

describe.each(operations.filter(({ body }) => body))('$id', (operation) => {
  test('names what does not fit in what it was sent', async () => {
    const answer = await call(open, operation, { body: '{"nonsense":true}' });
    const { problems } = problemOf(answer);
    expect(answer.status).toBe(422);
    expect(problems?.length).toBeGreaterThan(0);
    expect(problems?.every(({ path }) => path.startsWith('body'))).toBe(true);
  });

  test('refuses what is no JSON', async () => {
    expect(statusOf(await call(open, operation, { body: '{' }))).toBe(400);
    const sent = { headers: { 'Content-Type': 'text/plain' }, body: '{}' };
    expect(statusOf(await call(open, operation, sent))).toBe(415);
  });
});

test('whoever knows the token is answered under any name, though never a page of another origin', async () => {
  const headers = { Authorization: `Bearer ${token}`, Host: 'mock-gem.internal' };
  expect((await sendRaw(`${guarded.url}/_control`, { headers })).status).toBe(200);
  const foreign = { ...headers, Origin: 'https://other.example' };
  expect((await sendRaw(`${guarded.url}/_control`, { headers: foreign })).status).toBe(403);
  const own = { ...headers, Origin: 'http://mock-gem.internal' };
  expect((await sendRaw(`${guarded.url}/_control`, { headers: own })).status).toBe(200);
});

test.each(['/_control/nowhere', '/_control/worlds/%E0%A4%A', '/_control/'])(
  '%s is answered in the control API’s shape',
  async (path) => {
    const { status, text } = await sendRaw(`${open.url}${path}`);
    expect([status, typeof (JSON.parse(text) as object)]).toEqual([
      path === '/_control/' ? 200 : 404,
      'object',
    ]);
    expect(text).not.toContain('node_modules');
  },
);

test('another method than those of a path gets 405', async () => {
  expect(statusOf(await sendRaw(`${open.url}/_control/worlds/default/clock`, { method: 'DELETE' }))).toBe(
    405,
  );
});

test('a path that only begins alike belongs to Gem', async () => {
  const { status, text } = await sendRaw(`${open.url}/_controls`);
  expect([status, JSON.parse(text)]).toEqual([403, { message: 'Forbidden' }]);
});

test('switched off, nothing of it is there', async () => {
  const gem = await startMockGem({ port: 0, control: false });
  for (const path of ['/_control', '/_control/docs', '/_control/openapi.json', '/_control/worlds']) {
    expect(await (await fetch(gem.url + path)).json()).toEqual({ message: 'Forbidden' });
  }
  await gem.close();
});

test('it shows itself to people and to tools', async () => {
  const page = await (await fetch(`${open.url}/_control/docs`)).text();
  for (const { id } of operations) expect(page).toContain(`id="${id}"`);
  expect(await (await fetch(`${open.url}/_control/openapi.json`)).json()).toMatchObject({ openapi: '3.1.0' });
});

test('a world may be given a choice for every switch there is', () => {
  const { schemas } = (controlDescription.document as { components: { schemas: Record<string, Schema> } })
    .components;
  expect(Object.keys(schemas['SwitchChoices']?.properties ?? {})).toEqual(
    Object.keys(schemas['Switches']?.properties ?? { none: {} }),
  );
});

interface Schema {
  properties?: object;
}

/** The body of a refusal, which has the control API's shape and gives nothing of the machine away. */
function problemOf({ text }: RawAnswer): Problem {
  const body = JSON.parse(text) as Problem;
  expect(validator.schema('ControlProblem', body)).toEqual([]);
  expect(text).not.toContain('node_modules');
  return body;
}

/** The status of an answer that is a refusal. */
function statusOf(answer: RawAnswer): number {
  problemOf(answer);
  return answer.status;
}

interface Problem {
  message: string;
  problems?: { path: string; message: string }[];
}

interface OperationNode {
  description: string;
  requestBody?: { content: { 'application/json': { example?: unknown } } };
  responses: Record<string, { content?: { 'application/json': { example?: unknown } } }>;
}

function nodeOf({ path, method }: Operation): OperationNode {
  const { paths } = controlDescription.document as {
    paths: Record<string, Record<string, OperationNode>>;
  };
  const node = paths[path]?.[method];
  if (!node) throw new Error(`the document has no ${method} ${path}`);
  return node;
}

function exampleOf(operation: Operation): string | undefined {
  const example = nodeOf(operation).requestBody?.content['application/json'].example;
  return example === undefined ? undefined : JSON.stringify(example);
}
