import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { expect, onTestFinished, test } from 'vitest';
import { listen } from '../../../contracts/server/listen.ts';
import type { UnifiedSchemas } from '../../../contracts/unified.ts';
import { connectToMockGem } from '../../../mock-server/control/client.ts';
import { addExplainCommand } from '../../../mock-server/cli/explain/explain.ts';
import { useBoth } from '../../support/both.ts';
import { root } from '../../support/process.ts';

const both = useBoth();

/** Runs `mock-gem explain` in this process. */
async function explain(
  words: readonly string[],
  more: { env?: Record<string, string>; isTTY?: boolean } = {},
) {
  const told = { stdout: '', stderr: '', code: undefined as number | undefined };
  const program = new Command();
  addExplainCommand(program, {
    stdout: { write: (text) => (told.stdout += text), isTTY: more.isTTY },
    stderr: { write: (text) => (told.stderr += text) },
    env: { CONNECTOR_API_KEY: both.connector.apiKey, INTEGRATION_ID: both.integrationId, ...more.env },
    signals: new EventEmitter(),
    end: (code) => (told.code = code),
  });
  const url = both.connector.apiUrl;
  await program.parseAsync(['explain', '--url', url, ...words], { from: 'user' });
  return told;
}

const zoe = 'Q2FuZGlkYXRlOjEwMDAwMDAx';
const backend = 'am9iOldPiCihyBbolL9PG-8Av8w';

test('what the guide shows is what the command prints, before and after a change at Gem', async () => {
  const asked = [explain(['candidates', zoe]), explain(['jobs', backend])];
  const before = (await Promise.all(asked)).map(({ stdout }) => stdout).join('\n');
  const edits = [
    { do: 'change' as const, resource: 'jobs' as const, record: backend, set: { name: 'Staff Engineer' } },
  ];
  const { call } = connectToMockGem(both.gem.url);
  await call('editRecords', { path: { world: 'default' }, body: { edits } });
  const { stdout: after } = await explain(['jobs', backend]);

  const guide = readFileSync(join(root, 'contracts/guides/explain.md'), 'utf8');
  const fences = [...guide.matchAll(/```text\n([^`]*)```/g)];
  const blocks = fences.flatMap(([, text = '']) => text.trimEnd().split('\n\n'));
  expect(blocks.length).toBeGreaterThan(4);
  expect(blocks.filter((block) => !before.includes(block))).toEqual([
    expect.stringContaining('now "Staff Engineer"'),
  ]);
  expect(blocks.filter((block) => !before.includes(block) && !after.includes(block))).toEqual([]);
  expect(after).toContain('3 values are different at Gem now');
});

test('no line is longer than 80 columns, and nothing is coloured where there is no terminal', async () => {
  const { stdout, code } = await explain(['jobs', backend, '--all']);
  expect(code).toBe(0);
  expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  expect(stdout).not.toContain('\u001B');
  expect((await explain(['jobs', backend], { isTTY: true })).stdout).toContain('\u001B[1m');
  expect((await explain(['jobs', backend], { isTTY: true, env: { NO_COLOR: '1' } })).stdout).not.toContain(
    '\u001B',
  );
});

test('all the ways to name a model lead to it, and JSON is the answer as it came', async () => {
  const { stdout } = await explain(['ats_candidates', zoe, '--json', '--stored']);
  const { data } = JSON.parse(stdout) as UnifiedSchemas['ExplainAnswer'];
  expect([data.model, data.remote_id, data.gem.now]).toEqual(['candidates', zoe, null]);
});

test.each([
  ['a model that there is not', ['jbos', zoe], 'there is no model "jbos"; did you mean "jobs"?'],
  ['a model that is nothing like one', ['spaceships', zoe], 'there are users, jobs'],
  ['an id that there is not', ['jobs', 'nobody'], 'No record of jobs has this id'],
  [
    'nothing that answers',
    ['jobs', zoe, '--url', 'http://127.0.0.1:9'],
    'nothing answers at http://127.0.0.1:9; start the connector',
  ],
])('%s ends with a line that helps', async (_what, words, line) => {
  const { stdout, stderr, code } = await explain(words);
  expect([stdout, code, stderr.trimEnd().split('\n').length]).toEqual(['', 1, 1]);
  expect(stderr).toContain(line);
});

test.each([
  ['never answers', ''],
  ['stops in the middle of its answer', '{"status":'],
])('a connector that %s is not waited for longer than one says', async (_what, beginning) => {
  const { url, close } = await listen({ host: '127.0.0.1', port: 0 }, () => (_request, response) => {
    if (beginning !== '') response.writeHead(200, { 'Content-Type': 'application/json' }).write(beginning);
  });
  onTestFinished(() => close());
  const { stdout, stderr, code } = await explain(['jobs', backend, '--url', url, '--timeout', '1 second']);
  expect([stdout, code]).toEqual(['', 1]);
  expect(stderr).toBe(
    `mock-gem: ${url} does not answer within 1 second; with --timeout it may take longer, with --stored Gem is not asked\n`,
  );
});

test('the only account need not be named, and of several one has to be', async () => {
  const env = { INTEGRATION_ID: '' };
  expect((await explain(['jobs', backend], { env })).stdout).toContain('Senior Backend Engineer');
  const world = await both.gem.openWorld({ scenario: 'empty' });
  const { url, applicationSecret } = both.gem;
  const { id } = await both.connector.connect({ gem: { url, applicationSecret, apiKey: world.key } });
  const { stderr, code } = await explain(['jobs', backend], { env });
  expect(code).toBe(1);
  expect(stderr).toContain(`say with --integration which: ${both.integrationId}, ${id}`);
  const named = await explain(['jobs', backend, '--integration', both.integrationId], { env });
  expect(named.code).toBe(0);
});

test('a key that is refused, and an account that is not there, are told', async () => {
  const refused = await explain(['jobs', backend], { env: { CONNECTOR_API_KEY: 'wrong' } });
  expect(refused.stderr).toContain('refuses the key; set CONNECTOR_API_KEY');
  const unknown = await explain(['jobs', backend, '--integration', 'gem:8d1hpPsbjxUkoCoa1veLZGe5']);
  expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('integration')]);
});

test.each([
  [200, { data: { results: [{ id: 5 }] } }],
  [404, { error: 'not found' }],
  [500, { error: { message: 5 } }],
])('a server that answers %i %j is no connector, and that is told', async (status, body) => {
  const { url, close } = await listen({ host: '127.0.0.1', port: 0 }, () => (_request, response) => {
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  });
  const { stdout, stderr, code } = await explain(['jobs', backend, '--url', url]);
  await close();
  expect([stdout, stderr, code]).toEqual([
    '',
    `mock-gem: ${url} answers ${status}; is that the connector?\n`,
    1,
  ]);
});
