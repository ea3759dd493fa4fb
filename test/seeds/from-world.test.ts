// A world that is written as a file, and built from it again, is the same.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fc, test as law } from '@fast-check/vitest';
import { expect, onTestFinished, test } from 'vitest';
import { Command } from 'commander';
import { addScenarioCommand } from '../../mock-server/cli/scenario/scenario.ts';
import { writeWorld } from '../../seeds/from-world/write-world.ts';
import { compareRecords } from '../../seeds/from-world/same-records.ts';
import { defaultAnchor, findScenario, scenarios, type WorldSeed } from '../../seeds/index.ts';
import { isBroad, isDeep } from '../support/deep.ts';
import { read, startGem } from '../support/gem.ts';
import { tryScenario } from './try-scenario.ts';

const few = ['rejected-elsewhere', 'hiring-week'];
const small = scenarios.map(({ name }) => name).filter((name) => !/large|page/.test(name));

test.each(isBroad ? small : few)('%s is built again from the file that tells it', (name) => {
  const world = findScenario(name).build({ seed: 'mock-gem', anchor: defaultAnchor });
  const { text, untold } = writeWorld(
    { ...world, now: defaultAnchor },
    { purpose: name, find: findScenario },
  );
  expect(untold).toEqual([]);
  for (const seed of ['mock-gem', 'quite another']) {
    const built = tryScenario(text, 'told.yaml').build({ seed, anchor: defaultAnchor });
    expect(compareRecords(world.records, built.records, false)).toEqual({ differences: [], counts: [] });
    expect(built.company).toEqual(world.company);
    expect(built.labels).toMatchObject(resources(world.labels));
    expect(built.timeline).toEqual(world.timeline);
  }
});

/** Labels, each with what kind of record it stands for. */
function resources(labels: WorldSeed['labels']): object {
  return Object.fromEntries(Object.entries(labels).map(([label, { resource }]) => [label, { resource }]));
}

const word = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .filter((text) => text.trim() !== '');
const person = fc.record({
  first_name: word,
  last_name: fc.oneof(word, fc.constantFrom('${dollar}', 'on', '5', '- x', 'a: b', '#', "'", 'O"')),
  company: fc.option(word),
  tags: fc.array(word, { maxLength: 2 }),
  created_at: fc
    .integer({ min: 0, max: 4_000_000_000 })
    .map((length) => new Date(Date.parse(defaultAnchor) - length).toISOString()),
});

law.prop([fc.array(person, { maxLength: 5 }), fc.array(word, { maxLength: 3 })], {
  numRuns: isDeep ? 400 : isBroad ? 40 : 2,
})('whatever people and jobs are called, and whenever they came, the file tells it', (people, jobs) => {
  const documented = {
    purpose: 'people',
    extends: 'team',
    parameters: { dollar: { type: 'string', default: '$' } },
    records: {
      jobs: jobs.map((name) => ({ name: escaped(name), stages: ['First', 'Last'] })),
      candidates: people.map((one) => JSON.parse(escaped(JSON.stringify(one))) as object),
    },
  };
  const world = tryScenario(JSON.stringify(documented), 'people.yaml').build({
    seed: 'x',
    anchor: defaultAnchor,
  });
  const told = writeWorld({ ...world, now: defaultAnchor }, { purpose: 'people', find: findScenario });
  expect(told.untold).toEqual([]);
  const built = tryScenario(told.text, 'told.yaml').build({ seed: 'y', anchor: defaultAnchor });
  expect(compareRecords(world.records, built.records, false).differences).toEqual([]);
});

function escaped(text: string): string {
  return text.replaceAll(/\$(?=\{\w+\})/g, '$${dollar}');
}

const shortCase = `
purpose: a small case
extends: nothing
parameters: { dollar: { type: string, default: '$' } }
records:
  jobs:
    - { as: rounds, name: Two rounds, stages: [Phone, Office] }
    - name: Usual
    - name: Usual
    - { name: Twice, stages: [Call, Call] }
  candidates:
    - { as: ada, first_name: Ada, last_name: Hopper, email_addresses: [ada@example.com], created_at: 3 days ago }
    - { first_name: Zoë, last_name: Groß, created_at: 4 days ago }
    - { first_name: Ben, created_at: 5 days ago }
    - { first_name: Nobody, last_name: Knows, created_at: 6 days ago }
  applications:
    - { as: ada-rounds, candidate_id: ada, job_id: rounds, current_stage_id: Office, created_at: 2 days ago }
timeline:
  - { after: 1 day, do: move, application: ada-rounds, stage: Phone }
  - { after: 2 days, do: change, resource: candidates, record: ada, set: { company: '\${dollar}{x} is $5' } }
  - { after: 3 days, do: create, resource: candidates, as: ben, set: { first_name: Ben, created_at: 1 hour ago } }
`;

test.runIf(isBroad)(
  'what a company and stages are called is told as it is, and a stage by its label where its name is not enough',
  () => {
    const world = tryScenario(
      `
purpose: names
extends: nothing
parameters: { dollar: { type: string, default: '$' } }
company: { name: '\${dollar}{company}' }
records:
  jobs:
    - { as: role, name: Role, stages: ['\${dollar}{first}', Last] }
    - { as: rooms, name: Rooms, stages: [phone, office] }
    - { as: moved, name: Moved, stages: [Here, There] }
    - { as: far, name: Far, stages: [Away] }
    - { as: named, name: Named, stages: [Known, Last] }
  candidates:
    - { as: ada, first_name: Ada, created_at: 3 days ago }
    - { as: office, first_name: Bob, created_at: 3 days ago }
  applications:
    - { as: one, candidate_id: ada, job_id: role, current_stage_id: Last, created_at: 2 days ago }
    - { as: two, candidate_id: office, job_id: rooms, current_stage_id: phone, created_at: 2 days ago }
    - { as: three, candidate_id: ada, job_id: moved, current_stage_id: Here, created_at: 2 days ago }
`,
      'names.yaml',
    ).build({ seed: 'x', anchor: defaultAnchor });
    const stage = (name: string) => world.records.job_stages.find((one) => one.name === name)?.id ?? '';
    const { applications } = world.records;
    // What no file said, and people reached by hand: a label, a stage whose name is a label, one of another job.
    const labels = { ...world.labels, known: { resource: 'job_stages' as const, id: stage('Known') } };
    for (const [nth, name] of [undefined, 'office', 'Away'].entries())
      if (name && applications[nth]) applications[nth].current_stage_id = stage(name);
    const written = (timeline: WorldSeed['timeline']) =>
      writeWorld(
        { ...world, labels, timeline, now: defaultAnchor },
        { purpose: 'names', find: findScenario },
      );
    const { text, untold } = written([]);
    expect(untold).toEqual([]);
    const built = tryScenario(text, 'told.yaml').build({ seed: 'y', anchor: defaultAnchor });
    expect(compareRecords(world.records, built.records, false).differences).toEqual([]);
    expect(built.company.name).toBe('${company}');
    expect(Object.keys(built.labels)).toContain('known');
    // Where nothing is planned there is no word of it.
    expect(text).not.toContain('timeline');
    const at = new Date(Date.parse(defaultAnchor) + 86_400_000).toISOString();
    const move = { do: 'move', application: applications[0]?.id ?? '', stage: stage('Last') } as const;
    const planned = tryScenario(written([{ at, edit: move }]).text, 'planned.yaml');
    expect(planned.build({ seed: 'y', anchor: defaultAnchor }).timeline).toHaveLength(1);
  },
);

test('a file tells of each record only what would not be made up like that, in the words of people', () => {
  const world = tryScenario(shortCase, 'short.yaml').build({ seed: 'mock-gem', anchor: defaultAnchor });
  const { applications, candidates, job_stages: stages, jobs } = world.records;
  const [application] = applications;
  // Two people who are called by nothing but their names apply to jobs of one name, without a label too.
  for (const nth of [1, 2]) {
    const [candidate, job] = [candidates[nth], jobs[nth]];
    const stage = stages.find(({ job_id }) => job_id === job?.id);
    if (!application || !candidate || !job || !stage) throw new Error('the case lacks somebody');
    const refers = { candidate_id: candidate.id, job_id: job.id, current_stage_id: stage.id };
    applications.push({ ...application, id: `another-${nth}`, ...refers });
  }
  const { text } = writeWorld({ ...world, now: defaultAnchor }, { purpose: 'short', find: findScenario });
  const told = text
    .replaceAll(/(?<=created_at: )\d+ days (?:\d+ \w+ )*ago/g, 'then')
    .replaceAll(/R\d+/g, 'R');
  for (const words of [
    'stages: [ Phone, Office ]',
    '- { as: usual, created_at: then, name: Usual, requisition_id: R }',
    '- as: usual-2\n      created_at: then\n      name: Usual\n      requisition_id: R\n    - ',
    '- { as: twice, created_at: then, name: Twice, requisition_id: R }\n  job_stages:\n',
    '- { job_id: twice, name: Call, priority: 0 }\n    - { job_id: twice, name: Call, priority: 1 }\n',
    'email_addresses: [ ada@example.com ]',
    '- as: zoe-gross\n',
    '- created_at: then\n      first_name: Nobody\n',
    'current_stage_id: Office\n',
    '- { created_at: then, candidate_id: zoe-gross, job_id: usual }\n',
    "set: { company: '${dollar}{x} is $5' }",
    'set: { first_name: Ben, created_at: 1 hour ago }',
    'parameters:\n  dollar:',
  ])
    expect(told).toContain(words);
  // What comes of itself is not told: ids, links of a record that only it has, and that nothing is deleted.
  expect(told).not.toMatch(/\bid: |deleted_at|is_primary|linked_candidate_ids|hiring_team|last_activity_at/);
  expect(told.split('\n').length).toBeLessThan(130);
  expect(text).toMatch(/^# Times are told from the world's now\.\n/);
  // At another moment it is told how to have the very same instants.
  const later = new Date(Date.parse(defaultAnchor) + 60_000).toISOString();
  const other = writeWorld({ ...world, now: later }, { purpose: "it's", find: findScenario }).text;
  expect(
    other.startsWith(
      `# Times are told from the world's now (with --anchor ${later} they are the very same).\n`,
    ),
  ).toBe(true);
  expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(120);
});

test('an interview stands though no stage of its job has it any more', () => {
  const world = structuredClone(
    findScenario('interviews-in-every-state').build({ seed: 'mock-gem', anchor: defaultAnchor }),
  );
  for (const stage of world.records.job_stages) stage.active = stage.interviews.length === 0;
  expect(world.records.scheduled_interviews.length).toBeGreaterThan(0);
  const { text, untold } = writeWorld(
    { ...world, now: defaultAnchor },
    { purpose: 'gone', keepsIds: true, find: findScenario },
  );
  expect(untold).toEqual([]);
  const built = tryScenario(text, 'gone.yaml').build({ seed: 'mock-gem', anchor: defaultAnchor });
  expect(compareRecords(world.records, built.records, true)).toEqual({ differences: [], counts: [] });
});

test('a state that was reached by hand becomes a file that passes the check and starts the same world', async () => {
  const gem = await startGem({ scenario: 'rejected-elsewhere' });
  const world = await gem.control.world();
  await world.clock.freeze();
  await world.edit(
    {
      do: 'create',
      resource: 'candidates',
      as: 'mia',
      set: { first_name: 'Mia', last_name: '${number} #1' },
    },
    {
      do: 'create',
      resource: 'applications',
      as: 'mia-field',
      set: { candidate_id: 'mia', job_id: 'field' },
    },
    { do: 'reject', application: 'mia-field', reason: 'withdrew' },
    { do: 'delete', resource: 'job_posts', record: 'backend-post' },
  );
  await world.clock.advance('3 days 2 hours');
  await world.edit({
    do: 'create',
    resource: 'notes',
    set: { candidate_id: 'mia', body: 'Call: "tomorrow"\n- twice' },
  });

  const file = join(temporaryFolder(), 'mia.yaml');
  const purpose = 'somebody who withdrew: a case';
  const written = await scenario('from-world', file, '--url', gem.url, '--purpose', purpose, '--keep-ids');
  expect(written).toMatchObject({ complaints: [] });
  expect(written.said).toContain(`mock-gem serve --scenario ${file}`);
  expect(await scenario('check', file)).toEqual({ said: `${file}: ok\n`, complaints: [] });

  const again = await startGem({
    scenario: file as `${string}.yaml`,
    anchor: (await world.clock.read()).now,
  });
  for (const list of ['candidates', 'applications', 'job_posts', 'jobs', 'users', 'offers']) {
    const path = `/ats/v0/${list}/?per_page=500`;
    expect(await read(again, path)).toEqual(await read(gem, path));
  }
  const [saved, built] = [await world.export(), await (await again.control.world()).export()];
  expect(compareRecords(saved.records, built.records, true)).toEqual({ differences: [], counts: [] });
});

test('what cannot be asked or written is told in one line', async () => {
  const gem = await startGem({ scenario: 'empty' });
  expect(await scenario('from-world', '--url', gem.url, '--world', 'nowhere')).toEqual({
    said: '',
    complaints: [
      `mock-gem: the emulator at ${gem.url} has no world "nowhere"; GET /_control/worlds names those that there are`,
    ],
  });
  expect(await scenario('from-world', 'case.txt', '--url', gem.url)).toEqual({
    said: '',
    complaints: ['mock-gem: a scenario is a .yaml file; "case.txt" is not'],
  });
  await gem.close();
  expect((await scenario('from-world', '--url', gem.url)).complaints).toEqual([
    `mock-gem: nothing answers at ${gem.url}; start the emulator with mock-gem serve, or say with --url where it is`,
  ]);
});

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'from-world-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Runs `mock-gem scenario …` in this process. */
async function scenario(...words: string[]): Promise<{ said: string; complaints: string[] }> {
  let said = '';
  const complaints: string[] = [];
  const program = new Command('mock-gem').exitOverride();
  addScenarioCommand(program, {
    say: (text) => (said += text),
    complain: (text) => complaints.push(text),
    warn: (text) => complaints.push(text),
  });
  await program.parseAsync(['scenario', ...words], { from: 'user' });
  return { said, complaints };
}
