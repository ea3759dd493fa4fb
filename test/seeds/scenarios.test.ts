import { describe, expect, test } from 'vitest';
import { createHash } from 'node:crypto';
import { defaultAnchor, findScenario } from '../../seeds/index.ts';

const options = { seed: 'mock-gem', anchor: defaultAnchor };

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

  test('has no application without a source: published clients take it for given', () => {
    expect(records.applications.filter(({ source_id }) => source_id === null)).toEqual([]);
    const { records: others } = findScenario('null-heavy-people').build(options);
    expect(others.applications.map(({ source_id }) => source_id)).toContain(null);
  });

  test('has live, closed, internal, unlisted and never published posts', () => {
    const { job_posts: posts } = records;
    expect(posts.some(({ live }) => live)).toBe(true);
    expect(posts.some(({ live, first_published_at }) => !live && first_published_at)).toBe(true);
    expect(posts.some(({ internal, external }) => internal && !external)).toBe(true);
    expect(posts.some(({ listed }) => !listed)).toBe(true);
    expect(posts.some(({ first_published_at }) => first_published_at === null)).toBe(true);
  });

  test('has a job whose id is a UUID', () => {
    expect(records.jobs.filter(({ id }) => /^[\da-f]{8}-/.test(id))).toHaveLength(1);
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
    expect(digest).toMatchInlineSnapshot(`"6ab97e29d7eadec2"`);
  });
});
