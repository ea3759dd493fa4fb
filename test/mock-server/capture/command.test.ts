// `mock-gem capture` as somebody with a key meets it.
import { EventEmitter } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Time } from '../../../contracts/harness/gem/caller.ts';
import { stagingOf } from '../../../mock-server/capture/capture.ts';
import { addCaptureCommand } from '../../../mock-server/cli/capture/capture.ts';
import { defaultAnchor, findScenario } from '../../../seeds/index.ts';
import { folderForTest, quickTime } from '../../support/captured.ts';
import { useGem } from '../../support/gem.ts';

const gem = useGem({ scenario: 'offers-in-every-status' });

test('without a key, a folder or somebody to ask it says what to do', async () => {
  const folder = join(folderForTest(), 'account');
  expect(await capture(['--out', folder], { key: '' })).toMatchObject({
    code: 1,
    stderr: 'mock-gem: put the key of the account into GEM_API_KEY\n',
  });
  expect((await capture(['--yes'])).stderr).toContain('name a folder with --out, or use --dry-run');
  expect((await capture(['--out', folder])).stderr).toContain('--yes starts without a question');
  expect(existsSync(folder)).toBe(false);
});

test('it asks before it starts, and does nothing for any answer but yes', async () => {
  const folder = join(folderForTest(), 'account');
  const no = await capture(['--out', folder], { answer: '' });
  expect(no).toMatchObject({ code: 1, stdout: '' });
  expect(no.questions.join('')).toMatch(
    /is read, 18 calls a second at most; nothing is changed there.*Start\?/s,
  );
  expect(existsSync(stagingOf(folder))).toBe(false);
  expect((await capture(['--out', folder], { answer: 'y' })).code).toBe(0);
  expect(existsSync(join(folder, 'scenario.yaml'))).toBe(true);
});

test('what it writes is a scenario that builds the same account, with its salt beside it for the owner alone', async () => {
  const folder = join(folderForTest(), 'account');
  const { code, stdout } = await capture(['--out', folder, '--yes', '--keep-until', '2027-03-31']);
  expect(code).toBe(0);
  expect(stdout).toContain(`mock-gem serve --scenario ${folder}/scenario.yaml`);
  expect(stdout).toContain('pseudonymised, not anonymous');
  expect(statSync(`${folder}.salt`).mode & 0o777).toBe(0o600);
  const readme = readFileSync(join(folder, 'README.md'), 'utf8');
  expect(readme).toContain('Kept until: 2027-03-31');
  const told = findScenario(join(folder, 'scenario.yaml')).build({ seed: 'any', anchor: defaultAnchor });
  const saved = findScenario(join(folder, 'snapshot.json')).build({ seed: 'any', anchor: defaultAnchor });
  expect(told.records).toEqual(saved.records);
  expect(told.records.offers).toHaveLength(gem().world.store.records().offers.length);
});

test('with the same salt it writes the same bytes, and with another one other ids', async () => {
  const folder = folderForTest();
  for (const [name, salt] of [
    ['one', 'salt'],
    ['two', 'salt'],
    ['three', 'other'],
  ])
    await capture(['--out', join(folder, name ?? ''), '--yes', '--salt-file', join(folder, `${salt}.txt`)]);
  const [one, two, three] = ['one', 'two', 'three'].map((name) =>
    readFileSync(join(folder, name, 'snapshot.json'), 'utf8'),
  );
  expect(two).toBe(one);
  expect(three).not.toBe(one);
});

test('a dry run reports, and writes nothing', async () => {
  const folder = join(folderForTest(), 'account');
  const { code, stdout } = await capture(['--dry-run', '--yes', '--out', folder]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/offers +\d+/);
  expect(stdout).toContain('The subject is an emulator');
  expect([folder, stagingOf(folder), `${folder}.salt`].filter((path) => existsSync(path))).toEqual([]);
});

test('where Gem refuses the key, nothing is left behind', async () => {
  const folder = join(folderForTest(), 'account');
  const { code, stderr } = await capture(['--out', folder, '--yes'], { key: 'nobody' });
  expect(code).toBe(1);
  expect(stderr).toContain('refused the key; put the right one into GEM_API_KEY');
  expect(readdirSync(join(folder, '..'))).toEqual([]);
});

test('a name that an owner keeps by mistake stops it: its place is told, and nothing is left behind', async () => {
  const parent = folderForTest();
  const world = await gem().control.openWorld({ scenario: 'offers-in-every-status' });
  const [person] = (await world.records('candidates')).records;
  const name = `${person?.record['first_name']} ${person?.record['last_name']}`;
  await world.edit({ do: 'create', resource: 'sources', set: { public_name: name } });
  const decisions = join(folderForTest(), 'words.yaml');
  writeFileSync(decisions, JSON.stringify({ keep: { source: [name] } }));
  const flags = ['--out', join(parent, 'account'), '--yes', '--decisions', decisions];
  const { code, stdout, stderr } = await capture(flags, { key: world.key });
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/snapshot\.json records\.sources\.\d+\.public_name \(full names\)/);
  expect(stderr).not.toContain(name);
  expect(readdirSync(parent)).toEqual([]);
});

test('on a full disk it says where it stands and what to do, and goes on once there is room', async () => {
  const folder = join(folderForTest(), 'account');
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  let calls = 0;
  const quick = quickTime();
  const now = () => {
    calls += 1;
    // Somewhere on the way.
    if (calls === 40) throw full;
    return quick.now();
  };
  const { code, stderr } = await capture(['--out', folder, '--yes'], { time: { ...quick, now } });
  expect(code).toBe(1);
  expect(stderr).toContain(
    `mock-gem: the disk is full; what was read is kept in ${stagingOf(folder)}, make room and start again to go on\n`,
  );
  expect((await capture(['--out', folder, '--yes'])).code).toBe(0);
});

test('decisions are read, and what is none is refused', async () => {
  const folder = folderForTest();
  const file = join(folder, 'words.yaml');
  writeFileSync(file, 'keep: [LinkedIn]\n');
  const wrong = await capture(['--out', join(folder, 'account'), '--yes', '--decisions', file]);
  expect(wrong.stderr).toContain('holds no decisions; they look like');
  const [source] = gem().world.store.records().sources;
  writeFileSync(file, `keep: { source: ['${source?.public_name}'] }\n`);
  await capture(['--out', join(folder, 'account'), '--yes', '--decisions', file]);
  const text = readFileSync(join(folder, 'account', 'snapshot.json'), 'utf8');
  expect(text).toContain(source?.public_name);
});

test('all rare values are shown to whom asks for them, in the form in which they are decided on', async () => {
  const folder = folderForTest();
  const flags = ['--dry-run', '--yes'];
  const { stdout: few } = await capture(flags);
  expect(few).toMatch(/ {2}company \(\d+\): .*, and \d+ more \(--rare-values shows all\)/);
  const { stdout: all } = await capture([...flags, '--rare-values']);
  const shown = all.slice(all.indexOf('keep:\n'));
  const companies = gem()
    .world.store.records()
    .candidates.flatMap(({ company }) => (company === null ? [] : [company]));
  const told = (parse(shown) as { keep: Record<string, string[]> }).keep['company'] ?? [];
  expect(told.length).toBeGreaterThan(5);
  expect(companies).toEqual(expect.arrayContaining(told));
  // It is a file for --decisions as it stands.
  const file = join(folder, 'words.yaml');
  writeFileSync(file, shown);
  expect((await capture([...flags, '--decisions', file])).stdout).not.toContain('company (');
});

interface Ended {
  code: number | undefined;
  stdout: string;
  stderr: string;
  questions: string[];
}

/** Runs the command in this process. */
async function capture(
  flags: readonly string[],
  { key = gem().apiKey, answer, time = quickTime() }: { key?: string; answer?: string; time?: Time } = {},
): Promise<Ended> {
  const ended: Ended = { code: undefined, stdout: '', stderr: '', questions: [] };
  const program = new Command();
  addCaptureCommand(program, {
    terminal: {
      stdout: { write: (text) => (ended.stdout += text) },
      stderr: { write: (text) => (ended.stderr += text) },
      env: { GEM_API_KEY: key },
      signals: new EventEmitter(),
      end: (code) => (ended.code = code),
    },
    time,
    ...(answer !== undefined && {
      question: async (text: string) => {
        ended.questions.push(text);
        return answer;
      },
    }),
  });
  await program.parseAsync(['capture', '--gem-url', gem().url, ...flags], { from: 'user' });
  return ended;
}
