import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve, dirname } from 'node:path';
import { Command, CommanderError } from 'commander';
import { expect, onTestFinished, test } from 'vitest';
import { addScenarioCommand } from '../../mock-server/cli/scenario/scenario.ts';
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
    complain: (text) => complaints.push(fromAnywhere(text)),
    warn: (text) => complaints.push(fromAnywhere(text)),
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

/** Files that lie near are told from where one is, and the temporary ones may: here they are told in full. */
function fromAnywhere(text: string): string {
  return text.replaceAll(join(relative(process.cwd(), tmpdir()), 'mock-gem-'), join(tmpdir(), 'mock-gem-'));
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

test('show tells purpose, parameters, counts, records with their labels, and timeline', async () => {
  const { said } = await scenario('show', 'changed-during-a-sync', '--set', 'crowd=7', '--set', 'changes=2');
  expect(said).toMatch(/^changed-during-a-sync: people who come/);
  expect(said).toMatch(/^ {2}crowd +integer, default 120, at least 0, at most 20000 +how many people/m);
  expect(said).toMatch(/^ {2}candidates +7$/m);
  expect(said).toMatch(/^ {2}person-7 +\S.* since 2026-\d\d-\d\d +\S+$/m);
  expect(said).toMatch(/^ {2}2026-11-16T09:00:05\.000Z {2}delete +resource candidates, record person-7$/m);
});

test('show tells who and what there is, in the names that people use', async () => {
  const { said } = await scenario('show', 'rejected-elsewhere');
  expect(said).toMatch(/^Jobs:\n {2}backend +Backend Engineer +open +Engineering +Vienna +\S+\n/m);
  expect(said).toMatch(/^ {2}zoe +Zoë Großmann +zoe\.grossmann@example\.com +since 2026-10-07 +\S+$/m);
  expect(said).toMatch(
    /^ {2}zoe-backend +Zoë Großmann +for Backend Engineer +rejected +HM Interview +by Referral +since 2026-10-07 /m,
  );
  // No id stands where a name could.
  const [, applications = ''] = /^Applications:\n([\s\S]*?)\n\n/m.exec(said) ?? [];
  for (const line of applications.split('\n')) expect(line.match(/\b[\w-]{24,}/g) ?? []).toHaveLength(1);
});

test('show leaves out most of a crowd, and says so', async () => {
  const few = await scenario('show', 'changed-during-a-sync', '--set', 'crowd=40');
  expect(few.said).toContain('  … and 28 more; --all shows them\n');
  const all = await scenario('show', 'changed-during-a-sync', '--set', 'crowd=40', '--all');
  expect(all.said).toMatch(/^ {2}person-40 /m);
  expect(all.said).not.toContain('--all');
});

test.each(['rejected-elsewhere', 'default'])('show --yaml gives a file to begin with: %s', async (name) => {
  const file = fileWith((await scenario('show', name, '--yaml')).said);
  expect(await scenario('check', file)).toEqual({ said: `${file}: ok\n`, complaints: [] });
  const records = async (shown: string) =>
    (JSON.parse((await scenario('show', shown, '--json')).said) as { records: object }).records;
  expect(await records(file)).toEqual(await records(name));
});

test('list finds scenarios by a word in their name, purpose or rules', async () => {
  const { said } = await scenario('list', 'Offer');
  expect(said.match(/^ {2}\S+/gm)?.map((name) => name.trim())).toEqual(
    expect.arrayContaining(['hired', 'offers-in-every-status']),
  );
  expect(said).not.toContain('nested-offices');
  const { said: json } = await scenario('list', 'first-office', '--json');
  expect((JSON.parse(json) as { name: string }[]).map(({ name }) => name)).toContain('first-office');
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
  [
    ['list', 'nonsense'],
    'mock-gem: no scenario has "nonsense" in its name, purpose or rules; mock-gem scenario list names them all',
  ],
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

test('check plays the timeline, and tells of edits that cannot happen, in labels', async () => {
  const file = fileWith(`purpose: x
extends: team
records:
  candidates: [{ as: zoe, created_at: 40 days ago }]
  applications:
    - { as: gone, candidate_id: zoe, job_id: backend, status: rejected }
    - { as: going, candidate_id: zoe, job_id: backend, created_at: 9 days ago }
timeline:
  - { after: 1 day, do: advance, application: going }
  - { after: 2 days, do: hire, application: gone }
`);
  const { said, complaints } = await scenario('check', file);
  expect(said).toBe('');
  expect(complaints).toEqual([
    `${file}:10:45: this cannot happen at 2026-11-18T09:00:00.000Z: Only an active application can be hired. "gone" is rejected; unreject it first.`,
  ]);
});

test('check warns of dates that recruiting never gives, once for each entry that tells one', async () => {
  const file = fileWith(`purpose: x
extends: team
records:
  candidates:
    - { as: zoe, created_at: 10 days ago, employments: [{ company_name: x, start_date: 2024-01-01, end_date: 2023-01-01 }] }
    - { as: many, count: 5, created_at: in 1 day }
  applications:
    - { as: old, candidate_id: zoe, job_id: backend, created_at: 40 days ago }
    - { as: rejected, candidate_id: zoe, job_id: backend, status: rejected, rejected_at: in 4 days }
  scheduled_interviews:
    - { application_id: old, start: in 3 days, end: in 2 days }
  offers:
    - { application_id: old, created_at: 2 days ago, sent_at: 2026-10-01 }
change:
  backend: { opened_at: in 2 days }
delete: [{ record: backend-post, at: in 1 day }]
timeline:
  - { after: 1 day, do: change, resource: jobs, record: backend, set: { closed_at: in 5 days } }
`);
  const { said, complaints } = await scenario('check', file);
  expect(said).toBe(`${file}: ok, but see above\n`);
  const places = complaints.map((line) => line.replace(`warning: ${file}:`, '').replace(/^(\d+):\d+/, '$1'));
  expect(places.map((line) => line.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '…'))).toEqual([
    '5: candidate zoe: end_date is 2023-01-01, which is before start_date (2024-01-01)',
    '6: candidate many-1: created_at is …, which is later than now (…); and 4 more like it',
    '8: application old: created_at is …, but its candidate zoe was created later (…)',
    '9: application rejected: rejected_at is …, which is later than now (…)',
    '11: scheduled interview: end is …, which is before start (…)',
    '13: offer: sent_at is 2026-10-01, which is before created_at (…)',
    '15: job backend: opened_at is …, which is later than now (…)',
    '16: job post backend-post: deleted_at is …, which is later than now (…)',
    '18: job backend: closed_at is …, which is later than now (…)',
  ]);
});

test('no scenario of the catalogue has an edit that cannot happen, or an impossible date that it is not about', async () => {
  const small = ['default', 'hired', 'posting-text', 'hiring-week'];
  const names = process.env['DEEP'] ? scenarios.map(({ name }) => name) : small;
  const { complaints } = await scenario('check', ...names);
  // A post that was made after it was published is what the rule is about.
  expect(complaints.map((line) => line.replace(/:.*/, '').replace('warning', 'x'))).toEqual(['x']);
  expect(complaints[0]).toContain('posting-text.yaml:18:');
});

function fileWith(text: string): string {
  const file = join(temporaryFolder(), 'case.yaml');
  writeFileSync(file, text);
  return file;
}

test.each<[string, (text: string) => Buffer]>([
  ['whose lines end as on Windows', (text) => Buffer.from(text.replaceAll('\n', '\r\n'))],
  ['that PowerShell wrote', (text) => Buffer.from(`\ufeff${text.replaceAll('\n', '\r\n')}`, 'utf16le')],
  ['with a mark of its encoding', (text) => Buffer.from(`\ufeff${text}`)],
])('a file %s is the same scenario, with the same mistakes', async (_how, written) => {
  const folder = mkdtempSync(join(tmpdir(), 'mock-gem-scenario-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const { said: yaml } = await scenario('show', 'rejected-elsewhere', '--yaml');
  const [plain, other] = [join(folder, 'plain', 'case.yaml'), join(folder, 'other', 'case.yaml')];
  const write = (text: string) => {
    for (const file of [plain, other]) mkdirSync(dirname(file), { recursive: true });
    writeFileSync(plain, text);
    writeFileSync(other, written(text));
  };
  write(`# yaml-language-server: $schema=x.json\n${yaml}`);
  expect(await scenario('show', other)).toEqual(await scenario('show', plain));
  expect((await scenario('check', other)).complaints).toEqual([]);
  const { said: text } = await scenario('show', other, '--yaml');
  expect(text.replaceAll('\r\n', '\n')).toBe(yaml);
  write(yaml.replace('candidates:', 'candidats:').replace('last_name:', 'lastname:'));
  const { complaints } = await scenario('check', plain);
  expect(complaints.join('')).toContain('did you mean "candidates"?');
  const told = (await scenario('check', other)).complaints.map((line) => line.replaceAll(other, plain));
  expect(told).toEqual(complaints);
});
