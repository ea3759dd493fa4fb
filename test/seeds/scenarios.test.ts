import { describe, expect, test } from 'vitest';
import { createHash } from 'node:crypto';
import {
  defaultAnchor,
  findScenario,
  resourceNames,
  scenarios,
  type ResourceName,
} from '../../seeds/index.ts';

const options = { seed: 'mock-gem', anchor: defaultAnchor };

describe.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
  'scenario %s',
  (_name, scenario) => {
    test('says what it is for', () => {
      expect(scenario.purpose).not.toBe('');
    });

    test('gives the same bytes for the same seed, and others for another', () => {
      const bytes = (seed: string) => JSON.stringify(scenario.build({ ...options, seed }).records);
      expect(bytes('one')).toBe(bytes('one'));
      expect(bytes('one')).not.toBe(bytes('two'));
    });

    test('has every id once, and only references that lead somewhere', () => {
      const { records } = scenario.build(options);
      const known = Object.fromEntries(
        resourceNames.map((name) => [name, new Set(records[name].map(({ id }) => id))]),
      );
      for (const name of resourceNames) expect(known[name]?.size, name).toBe(records[name].length);
      for (const [name, field, target] of references) {
        for (const record of records[name]) {
          const value = (record as unknown as Record<string, string | string[] | null>)[field];
          for (const id of [value ?? []].flat()) expect(known[target], `${name}.${field}`).toContain(id);
        }
      }
    });

    test('defines every custom field that has a value', () => {
      const { records } = scenario.build(options);
      const defined = records.custom_fields.map(({ field_type, name }) => `${field_type} ${name}`);
      for (const [name, type] of [
        ['jobs', 'job'],
        ['applications', 'application'],
        ['openings', 'opening'],
      ] as const) {
        const used = records[name].flatMap(({ custom_fields }) => Object.keys(custom_fields));
        for (const field of used) expect(defined).toContain(`${type} ${field}`);
      }
    });

    test('has the close reasons that Gem starts with', () => {
      const { records } = scenario.build(options);
      expect(records.close_reasons.map(({ name }) => name)).toEqual(['Cancelled', 'Filled', 'On hold']);
    });

    test('keeps its ids apart from those that the world hands out next', () => {
      const { records, identifiers } = scenario.build(options);
      expect(records.candidates.map(({ id }) => id)).not.toContain(identifiers.next('candidate'));
    });
  },
);

const references: [ResourceName, string, ResourceName][] = [
  ['jobs', 'office_ids', 'offices'],
  ['jobs', 'department_ids', 'departments'],
  ['job_stages', 'job_id', 'jobs'],
  ['job_posts', 'job_id', 'jobs'],
  ['applications', 'candidate_id', 'candidates'],
  ['applications', 'job_id', 'jobs'],
  ['applications', 'job_post_id', 'job_posts'],
  ['applications', 'source_id', 'sources'],
  ['applications', 'current_stage_id', 'job_stages'],
  ['applications', 'rejection_reason_id', 'rejection_reasons'],
  ['applications', 'recruiter_id', 'users'],
  ['attachments', 'candidate_id', 'candidates'],
  ['scheduled_interviews', 'application_id', 'applications'],
  ['scorecards', 'interview_id', 'scheduled_interviews'],
  ['offers', 'application_id', 'applications'],
  ['offers', 'opening_id', 'openings'],
  ['openings', 'job_id', 'jobs'],
  ['openings', 'close_reason_id', 'close_reasons'],
  ['notes', 'candidate_id', 'candidates'],
  ['notes', 'user_id', 'users'],
];

describe('the default scenario', () => {
  const { records } = findScenario('default').build(options);

  test.each(['open', 'closed', 'draft', 'pending_approval', 'approved'])('has a job that is %s', (status) => {
    expect(records.jobs.map((job) => job.status)).toContain(status);
  });

  test.each(['active', 'rejected', 'hired'])('has an application that is %s', (status) => {
    expect(records.applications.map((application) => application.status)).toContain(status);
  });

  test.each(['scheduled', 'awaiting_feedback', 'complete'])('has an interview that is %s', (status) => {
    expect(records.scheduled_interviews.map((interview) => interview.status)).toContain(status);
  });

  test('has jobs with several offices and several departments', () => {
    expect(records.jobs.some(({ office_ids }) => office_ids.length === 9)).toBe(true);
    expect(records.jobs.some(({ department_ids }) => department_ids.length > 1)).toBe(true);
  });

  test('has a candidate with several applications from different sources', () => {
    const sources = new Map<string, Set<string | null>>();
    for (const { candidate_id, source_id } of records.applications) {
      sources.set(candidate_id, (sources.get(candidate_id) ?? new Set()).add(source_id));
    }
    expect(Math.max(...[...sources.values()].map(({ size }) => size))).toBeGreaterThanOrEqual(3);
  });

  test('has live, closed, internal, unlisted and never published posts', () => {
    const { job_posts: posts } = records;
    expect(posts.some(({ live }) => live)).toBe(true);
    expect(posts.some(({ live, first_published_at }) => !live && first_published_at)).toBe(true);
    expect(posts.some(({ internal, external }) => internal && !external)).toBe(true);
    expect(posts.some(({ listed }) => !listed)).toBe(true);
    expect(posts.some(({ first_published_at }) => first_published_at === null)).toBe(true);
  });

  test('has private people, imported numeric ids and names from many scripts', () => {
    expect(records.candidates.some(({ is_private }) => is_private)).toBe(true);
    for (const name of [
      'candidates',
      'applications',
      'jobs',
      'job_posts',
      'offices',
      'departments',
    ] as const) {
      expect(
        records[name].some(({ id }) => /^\d+$/.test(id)),
        name,
      ).toBe(true);
    }
    const names = records.candidates.map(({ first_name, last_name }) => `${first_name} ${last_name}`).join();
    for (const script of [/\p{Script=Han}/u, /\p{Script=Arabic}/u, /[ßŁễ]/]) expect(names).toMatch(script);
  });

  test.each([
    'users',
    'offices',
    'departments',
    'jobs',
    'job_stages',
    'job_posts',
    'candidates',
    'applications',
    'scheduled_interviews',
  ] as const)('has a deleted row among its %s', (name) => {
    expect(records[name].some(({ deleted_at }) => deleted_at !== null)).toBe(true);
  });

  test('is the same as ever for its own seed', () => {
    const digest = createHash('sha256').update(JSON.stringify(records)).digest('hex').slice(0, 16);
    expect(digest).toMatchInlineSnapshot(`"6755c2fe1580edde"`);
  });
});
