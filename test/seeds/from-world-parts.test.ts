// What a world that is written as a file is made of: labels, the comparison of records, and fields in the words of people.
import { expect, test } from 'vitest';
import { labelRecords } from '../../seeds/from-world/label-records.ts';
import { compareRecords } from '../../seeds/from-world/same-records.ts';
import { FieldWriter } from '../../seeds/from-world/write-fields.ts';
import { createKit, defaultAnchor, findScenario, makeRecord, type WorldSeed } from '../../seeds/index.ts';
import { tryScenario } from './try-scenario.ts';

test('labels say whom or what a record is about, and none is taken twice', () => {
  const labelsIn = (records: string, timeline = '') => {
    const world = tryScenario(
      `purpose: labels\nextends: nothing\nrecords: { jobs: [{ name: Role, stages: [王] }], ${records} }\n${timeline}`,
      'labels.yaml',
    ).build({ seed: 'x', anchor: defaultAnchor });
    return { world, labels: labelRecords(world) };
  };
  const people = (...names: string[]) =>
    `candidates: [${names.map((name) => `{ first_name: '${name}', last_name: '', created_at: 5 days ago }`).join(', ')}]`;
  const applied = (world: WorldSeed) => {
    const [stage, job] = [world.records.job_stages[0], world.records.jobs[0]];
    return world.records.candidates.map(({ id }, nth) => ({
      ...makeRecord(
        createKit('x', defaultAnchor),
        'applications',
        { candidate_id: id, job_id: job?.id ?? '' },
        (name) => world.records[name],
      ),
      id: `application-${nth}`,
      current_stage_id: stage?.id ?? null,
    }));
  };
  const long = `${'Maximiliana '.repeat(8)}!`;
  const { world } = labelsIn(
    people('¡Zoëy Groß!', '王秀英', long, 'x'.repeat(70), 'Zoey Gross', 'Application 1'),
  );
  world.records.applications.push(...applied(world));
  const found = labelRecords(world);
  expect(world.records.candidates.map(({ id }) => found.get(id))).toEqual([
    'zoey-gross',
    'candidate',
    // No word is cut in two: what is left of one may be another, or somebody's name.
    'maximiliana-maximiliana-maximiliana-maximiliana-maximiliana',
    'x'.repeat(60),
    'zoey-gross-2',
    // The id of a record is no label of another one.
    'application-1-2',
  ]);
  // A name without a letter of the alphabet makes no word.
  expect(found.get(world.records.job_stages[0]?.id ?? '')).toBe('role-job-stage');
  // What an edit will create has its word already, and whom an edit is about gets one.
  const planned = labelsIn(
    people('Ada', 'Eve'),
    'timeline: [{ after: 1 day, do: create, resource: candidates, as: eve, set: { first_name: Eve } }]\n',
  );
  const [, eve] = planned.world.records.candidates;
  planned.world.timeline.push({
    at: defaultAnchor,
    edit: { do: 'change', resource: 'candidates', record: eve?.id ?? '', set: { company: 'Acme' } },
  });
  expect([...labelRecords(planned.world).values()]).toContain('eve-2');
});

test('what belongs to something is called after it, and a file and a source by their names', () => {
  const world = findScenario('default').build({ seed: 'x', anchor: defaultAnchor });
  const found = labelRecords({ ...world, labels: {} });
  const { scorecards, scheduled_interviews: interviews, applications, sources } = world.records;
  const interview = interviews.find(({ id }) => scorecards.some(({ interview_id: of }) => of === id));
  const of = found.get(interview?.application_id ?? '') ?? 'nobody';
  const application = applications.find(({ id }) => id === interview?.application_id);
  const [person, job] = [application?.candidate_id, application?.job_id].map((id) => found.get(id ?? ''));
  expect(of).toBe(`${person}-${job}`);
  expect(found.get(interview?.id ?? '')).toMatch(new RegExp(`^${of}-scheduled-interview(-\\d+)?$`));
  const source = sources.find(({ id }) => applications.some(({ source_id }) => source_id === id));
  expect(source && found.get(source.id)).toBe(
    source?.public_name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'),
  );
  expect(new Set(found.values()).size).toBe(found.size);
});

test('two sets of records are the same whatever their ids and the order of keys, and differ by what one has alone', () => {
  const { records } = findScenario('interviews-in-every-state').build({ seed: 'x', anchor: defaultAnchor });
  const copy = structuredClone(records);
  const compare = (hasSameIds = false) => compareRecords(records, copy, hasSameIds);
  const nothing = { differences: [], counts: [] };
  for (const job of copy.jobs)
    job.hiring_team = Object.fromEntries(Object.entries(job.hiring_team).toReversed());
  expect(compare(true)).toEqual(nothing);
  // A place in a stage, and the interview that fills it.
  const places = new Set(copy.scheduled_interviews.map((one) => one.job_stage_interview_item_id));
  const item = copy.job_stages
    .flatMap(({ interviews }) => interviews)
    .find(({ item_id }) => places.has(item_id));
  const held = copy.scheduled_interviews.filter((one) => one.job_stage_interview_item_id === item?.item_id);
  expect(held.length).toBeGreaterThan(0);
  if (item) item.item_id = 'another';
  expect(compare().differences.map(({ field }) => field)).toContain('job_stage_interview_item_id');
  for (const one of held) one.job_stage_interview_item_id = 'another';
  expect(compare()).toEqual(nothing);
  expect(compare(true).differences.length).toBe(held.length + 1);
  const [candidate] = copy.candidates;
  if (candidate) Object.assign(candidate, { crm: { nickname: 'Zed' } });
  expect(compare()).toEqual({
    differences: [{ resource: 'candidates', index: 0, field: 'crm' }],
    counts: [],
  });
  const { length } = records.scorecards;
  copy.scorecards.pop();
  expect(compare().counts).toEqual([{ resource: 'scorecards', wanted: length, built: length - 1 }]);
  copy.scorecards.push(
    ...structuredClone(records.scorecards.slice(-1)),
    ...structuredClone(records.scorecards.slice(-1)),
  );
  expect(compare().counts).toEqual([{ resource: 'scorecards', wanted: length, built: length + 1 }]);
});

test('fields are written as people write them', () => {
  const writer = new FieldWriter(defaultAnchor, (id) => (id === 'b' ? 'berlin' : undefined));
  expect(writer.texts({ name: 'a ${b} c', vanity: 'x', other: 5 })).toEqual({
    name: 'a ${dollar}{b} c',
    vanity: 'x',
    other: 5,
  });
  expect(writer.hasDollars).toBe(true);
  expect(writer.field('jobs', 'office_ids', ['b', 'other'], false)).toEqual(['berlin', 'other']);
  expect(writer.field('offers', 'starts_at', '2026-11-29', false)).not.toBe('2026-11-29');
  const email = (value: unknown, is_primary: boolean) => ({ value, is_primary });
  const written = (list: object[]) => writer.field('candidates', 'email_addresses', list, false);
  // The first one is the primary one anyway.
  expect(written([email('a@x', true), email('b@x', false)])).toEqual(['a@x', 'b@x']);
  expect(written([email('a@x', false), email('b@x', true)])).toEqual([
    email('a@x', false),
    email('b@x', true),
  ]);
  expect(writer.field('candidates', 'email_addresses', [email('a@x', true)], true)).toEqual([
    email('a@x', true),
  ]);
});
