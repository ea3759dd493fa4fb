import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { defaultAnchor, findScenario, loadScenario, type WorldSeed } from '../../seeds/index.ts';
import { tryScenario } from './try-scenario.ts';

const options = { seed: 'mock-gem', anchor: defaultAnchor };

describe('a scenario in a file', () => {
  test('makes records that refer to each other by label, whatever their order', () => {
    const { records, labels } = build(`
      applications: [{ as: mine, candidate_id: zoe, job_id: lead, credited_to: boss, current_stage_id: Onsite }]
      candidates: [{ as: zoe, first_name: Zoë, created_at: 40 days ago, linked_user_ids: [boss] }]
      openings: [{ as: seat, job_id: lead, application_id: mine }]
      offers: [{ application_id: mine, opening_id: seat }]
      jobs: [{ as: lead, name: Lead, office_ids: [oslo, graz] }]
      users: [{ as: boss, first_name: Bo, linked_candidate_ids: [zoe] }]
    `);
    const id = (label: string) => labels[label]?.id;
    expect(records.applications[0]).toMatchObject({
      candidate_id: id('zoe'),
      job_id: id('lead'),
      credited_to: id('boss'),
    });
    const stage = records.job_stages.find((one) => one.id === records.applications[0]?.current_stage_id);
    expect(stage).toMatchObject({ name: 'Onsite', job_id: id('lead') });
    expect(records.jobs.find((job) => job.id === id('lead'))?.office_ids).toEqual([id('oslo'), id('graz')]);
    expect(records.offers[0]?.opening_id).toBe(id('seat'));
    expect(records.openings[0]?.application_id).toBe(id('mine'));
    expect(records.candidates[0]).toMatchObject({
      created_at: '2026-10-07T09:00:00.000Z',
      linked_user_ids: [id('boss')],
    });
  });

  test('makes as many as are counted, with numbers in labels and fields', () => {
    const { records, labels } = build(
      `
      candidates: [{ as: person, count: '\${crowd}', last_name: 'No \${number}', is_private: '\${hidden}' }]
      applications: [{ count: 2, as: 'p\${number}-lead', candidate_id: 'person-\${number}', job_id: backend }]
    `,
      'parameters: { crowd: { type: integer, default: 3 }, hidden: { type: boolean, default: true } }',
    );
    expect(records.candidates.map(({ last_name }) => last_name)).toEqual(['No 1', 'No 2', 'No 3']);
    expect(records.candidates.every(({ is_private }) => is_private)).toBe(true);
    expect(Object.keys(labels)).toEqual(expect.arrayContaining(['person-3', 'p2-lead']));
    expect(records.applications[1]?.candidate_id).toBe(labels['person-2']?.id);
  });

  test('makes up a believable rest: an application stands in the first stage of an open job', () => {
    const { records, labels } = build(
      '\n      candidates: [{ as: zoe }]\n      applications: [{ candidate_id: zoe }]',
    );
    const [application] = records.applications;
    expect(application).toMatchObject({
      job_id: labels['backend']?.id,
      job_post_id: labels['backend-post']?.id,
      recruiter_id: labels['paula']?.id,
      status: 'active',
    });
    const stage = records.job_stages.find(({ id }) => id === application?.current_stage_id);
    expect(stage?.priority).toBe(0);
  });

  test('lets activity move times, but not those that are told', () => {
    const { records } = build(`
      candidates:
        - { as: moved, created_at: 40 days ago }
        - { as: fixed, created_at: 40 days ago, updated_at: 30 days ago, last_activity: null }
      applications:
        - { candidate_id: moved, created_at: 20 days ago }
        - { candidate_id: fixed, created_at: 20 days ago }
    `);
    const [moved, fixed] = records.candidates;
    expect(moved).toMatchObject({
      updated_at: '2026-10-27T09:00:00.000Z',
      last_activity: '2026-10-27T09:00:00.000Z',
    });
    expect(fixed).toMatchObject({ updated_at: '2026-10-17T09:00:00.000Z', last_activity: null });
  });

  test('gives a handed-in scorecard to its interviewer', () => {
    const { records, labels } = build(`
      candidates: [{ as: zoe }]
      applications: [{ as: application, candidate_id: zoe, current_stage_id: HM Interview }]
      scheduled_interviews: [{ as: interview, application_id: application, interviewers: [ines, mats] }]
      scorecards:
        - { as: handed-in, interview_id: interview, interviewer_id: mats }
        - { interview_id: interview, interviewer_id: ines, submitted_at: null }
    `);
    expect(records.scheduled_interviews[0]?.interviewers).toEqual([
      { user_id: labels['ines']?.id, response_status: 'needs_action', scorecard_id: null },
      { user_id: labels['mats']?.id, response_status: 'needs_action', scorecard_id: labels['handed-in']?.id },
    ]);
  });

  test('changes, deletes and removes what it inherits', () => {
    const { records, labels } = tryScenario(
      `purpose: changes what it inherits
extends: rejected-elsewhere
change: { zoe: { title: null, email_addresses: [z@example.org] } }
delete: [{ record: backend-post, at: 3 days ago }]
remove: [field]`,
      'x.yaml',
    ).build(options);
    expect(records.candidates[0]).toMatchObject({
      title: null,
      email_addresses: [{ value: 'z@example.org', type: 'personal', is_primary: true }],
    });
    expect(records.job_posts[0]).toMatchObject({ deleted_at: '2026-11-13T09:00:00.000Z', live: false });
    expect(labels).not.toHaveProperty('field');
    // With the job went its stages and the application for it.
    expect(labels).not.toHaveProperty('zoe-field');
    expect(records.jobs.map(({ name }) => name)).toEqual(['Backend Engineer']);
    expect(new Set(records.job_stages.map(({ job_id }) => job_id)).size).toBe(1);
  });

  test('compiles its timeline in the order of time, and leaves labels as they are', () => {
    const { timeline } = tryScenario(
      `purpose: a timeline
extends: team
timeline:
  - { after: 2 days, do: create, resource: applications, as: hers, set: { candidate_id: late, created_at: 1 hour ago } }
  - { at: 2026-11-17T10:00:00+01:00, do: create, resource: candidates, as: late, set: { email_addresses: [a@b.example] } }
  - { after: '\${number} weeks', count: 2, do: advance, application: hers }`,
      'x.yaml',
    ).build(options);
    expect(timeline.map(({ at, edit }) => [at, edit.do])).toEqual([
      ['2026-11-17T09:00:00.000Z', 'create'],
      ['2026-11-18T09:00:00.000Z', 'create'],
      ['2026-11-23T09:00:00.000Z', 'advance'],
      ['2026-11-30T09:00:00.000Z', 'advance'],
    ]);
    expect(timeline[1]?.edit).toMatchObject({
      as: 'hers',
      set: { candidate_id: 'late', created_at: '2026-11-18T08:00:00.000Z' },
    });
    expect(timeline[0]?.edit).toMatchObject({
      set: { email_addresses: [{ value: 'a@b.example', type: 'personal', is_primary: true }] },
    });
  });

  test('takes parameters by their names, inherits them, and refuses what they cannot be', () => {
    const scenario = findScenario('page-of-500');
    expect(scenario.parameters).toEqual([
      expect.objectContaining({ name: 'candidates', type: 'integer', default: 500, maximum: 20_000 }),
    ]);
    const candidates = (value: unknown) =>
      scenario.build({ ...options, parameters: { candidates: value } }).records.candidates.length;
    expect(candidates(2)).toBe(2);
    expect(candidates('3')).toBe(3);
    for (const wrong of ['many', 1.5, -1, 20_001, null, true])
      expect(() => candidates(wrong)).toThrow(/^candidates has to be/);
    expect(() => scenario.build({ ...options, parameters: { candidate: 2 } })).toThrow(
      'there is no parameter "candidate"; did you mean "candidates"?',
    );
  });
});

describe('scenarios in files beside each other', () => {
  test('extend each other by path, and say where they go in circles', async () => {
    const folder = folderWith({
      'base.yaml': 'purpose: a base\nrecords: { offices: [{ as: home, name: Home }] }',
      'child.yaml': 'purpose: a child\nextends: ./base.yaml\nchange: { home: { location_name: Linz } }',
      'egg.yaml': 'purpose: an egg\nextends: hen.yaml',
      'hen.yaml': 'purpose: a hen\nextends: egg.yaml',
      'lost.yaml': 'purpose: lost\nextends: ./nowhere.yaml',
      'module.mjs': 'export default { name: "module", purpose: "made", build: () => ({ made: true }) };',
      'wrong.mjs': 'export default 3;',
    });
    const { records } = findScenario(join(folder, 'child.yaml')).build(options);
    expect(records.offices).toMatchObject([{ name: 'Home', location_name: 'Linz' }]);
    expect(() => findScenario(join(folder, 'egg.yaml')).build(options)).toThrow(
      /egg\.yaml:2:10: the scenario starts from itself$/,
    );
    expect(() => findScenario(join(folder, 'lost.yaml')).build(options)).toThrow(
      /lost\.yaml:2:10: there is no file .*nowhere\.yaml$/,
    );
    const module = await loadScenario(join(folder, 'module.mjs'));
    expect(module).toMatchObject({ name: 'module', parameters: [], rules: [] });
    expect(findScenario(join(folder, 'module.mjs'))).toBe(module);
    await expect(loadScenario(join(folder, 'wrong.mjs'))).rejects.toThrow(
      'no scenario as its default export',
    );
  });

  test('are not read for a text that somebody sent', () => {
    const folder = folderWith({ 'secret.yaml': 'purpose: a secret' });
    const text = `purpose: curious\nextends: ${join(folder, 'secret.yaml')}`;
    expect(() => tryScenario(text, 'document')).toThrow(/^document:2:10: ".*" is a path; /);
  });
});

test('a name that no scenario has is answered with the nearest', () => {
  expect(() => findScenario('defualt')).toThrow('no scenario is called "defualt"; did you mean "default"?');
  expect(() => findScenario('zzzzzz')).toThrow(
    'no scenario is called "zzzzzz"; mock-gem scenario list names',
  );
});

/** Builds records on top of the team. */
function build(records: string, more = ''): WorldSeed {
  return tryScenario(`purpose: a test\nextends: team\n${more}\nrecords:${records}`, 'x.yaml').build(options);
}

function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'mock-gem-scenarios-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}
