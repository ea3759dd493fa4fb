import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve, dirname } from 'node:path';
import { Command, CommanderError } from 'commander';
import { expect, onTestFinished, test } from 'vitest';
import { addScenarioCommand } from '../../mock-server/cli/scenario.ts';
import { scenarios } from '../../seeds/index.ts';

/** Runs `mock-gem scenario …` in this process. */
async function scenario(...words: string[]): Promise<{ said: string; complaints: string[] }> {
  let said = '';
  const complaints: string[] = [];
  const program = new Command('mock-gem').exitOverride().configureOutput({
    writeOut: (text) => (said += text),
    writeErr: (text) => complaints.push(text),
  });
  addScenarioCommand(program, {
    say: (text) => (said += text),
    complain: (text) => complaints.push(text),
  });
  for (const command of program.commands.flatMap((one) => [one, ...one.commands]))
    command.copyInheritedSettings(program);
  try {
    await program.parseAsync(['scenario', ...words], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
  }
  return { said, complaints };
}

test('list names every scenario with its purpose, in groups', async () => {
  const { said, complaints } = await scenario('list');
  for (const { name } of scenarios) expect(said).toMatch(new RegExp(`^  ${name} +`, 'm'));
  for (const { purpose } of scenarios) expect(said).toContain(`  ${purpose}\n`);
  expect(said.split('\n').filter((line) => /^\w+$/.test(line))).toEqual(
    expect.arrayContaining(['basics', 'rules', 'people', 'changes']),
  );
  expect(complaints).toEqual([]);
  const { said: json } = await scenario('list', '--json');
  expect((JSON.parse(json) as unknown[]).length).toBe(scenarios.length);
});

test('show tells purpose, parameters, counts, labels and timeline', async () => {
  const { said } = await scenario('show', 'changed-during-a-sync', '--set', 'crowd=7', '--set', 'changes=2');
  expect(said).toMatch(/^changed-during-a-sync: people who come/);
  expect(said).toMatch(/^ {2}crowd +integer, default 120, at least 0, at most 20000 +how many people/m);
  expect(said).toMatch(/^ {2}candidates +7$/m);
  expect(said).toMatch(/^ {2}person-7 +candidates +\S+$/m);
  expect(said).toMatch(/^ {2}2026-11-16T09:00:05\.000Z {2}delete +resource candidates, record person-7$/m);
});

test('show tells the same as JSON', async () => {
  const { said } = await scenario('show', 'many-attachments', '--set', 'files=3', '--json');
  expect(JSON.parse(said)).toMatchObject({
    name: 'many-attachments',
    parameters: [{ name: 'files', type: 'integer', default: 120 }],
    records: { attachments: 5 },
    labels: { sender: { resource: 'candidates' } },
    timeline: [],
  });
});

test.each([
  [['show', 'defualt'], 'mock-gem: no scenario is called "defualt"; did you mean "default"?'],
  [['show', 'team', '--set', 'size=3'], 'mock-gem: there is no parameter "size"; the scenario has none'],
  [['show', 'large', '--set', 'candidates'], 'mock-gem: "candidates" is no setting; write it as key=value'],
  [
    ['show', 'large', '--set', 'candidates=lots'],
    'mock-gem: candidates has to be a whole number, not "lots"',
  ],
  [['check', './nowhere.yaml'], 'mock-gem: there is no file nowhere.yaml'],
  [['new', 'My Case'], 'mock-gem: a scenario is called by small letters, digits and hyphens, not "My Case"'],
  [['new', 'team'], 'mock-gem: there is a scenario "team" already'],
])('says in one line what is wrong with %j', async (words, complaint) => {
  expect(await scenario(...words)).toEqual({ said: '', complaints: [complaint] });
});

test('new writes a file that passes check and points editors to the schema, and overwrites nothing', async () => {
  const file = join(temporaryFolder(), 'my-case.yaml');
  expect((await scenario('new', 'my-case', file)).said).toContain(`mock-gem scenario check ${file}`);
  expect(await scenario('check', file)).toEqual({ said: `${file}: ok\n`, complaints: [] });
  const [first = ''] = readFileSync(file, 'utf8').split('\n');
  const schema = resolve(dirname(file), /\$schema=(\S+)$/.exec(first)?.[1] ?? '');
  expect(JSON.parse(readFileSync(schema, 'utf8'))).toMatchObject({ title: 'A mock-gem scenario' });

  writeFileSync(file, 'mine');
  expect((await scenario('new', 'my-case', file)).complaints).toEqual([
    `mock-gem: ${file} is there already; it was left as it is`,
  ]);
  expect(readFileSync(file, 'utf8')).toBe('mine');
});

test('check goes on after a wrong file, and names file, line and column', async () => {
  const file = join(temporaryFolder(), 'wrong.yaml');
  writeFileSync(file, 'purpose: x\nrecords:\n  candidates:\n    - { firstname: Zoë }\n    - { titel: x }\n');
  const { said, complaints } = await scenario('check', file, 'team');
  expect(said).toBe('team: ok\n');
  expect(
    complaints
      .join('\n')
      .split('\n')
      .map((line) => line.replace(/^.*wrong\.yaml/, 'wrong.yaml')),
  ).toEqual([
    'wrong.yaml:4:9: unknown field "firstname" of candidates; did you mean "first_name"?',
    'wrong.yaml:5:9: unknown field "titel" of candidates; did you mean "title"?',
  ]);
});

test('--help teaches with examples', async () => {
  const { said } = await scenario('--help');
  expect(said).toContain('Examples:');
  for (const word of ['list', 'show', 'check', 'new']) expect(said).toContain(`mock-gem scenario ${word}`);
});

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mock-gem-scenario-command-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
