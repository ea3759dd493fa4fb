// What is read of Gem, held against what Gem's description says of the lists (gem-ats-api §2.2, §9).
import { describe, expect, test } from 'vitest';
import { gemDescription } from '../../../contracts/gem.ts';
import { models } from '../../../connector/models/index.ts';
import { oneOfEach } from '../../support/gem-records.ts';
import { changeOf, listingOf, listings, routeOf, lookups } from '../../../connector/models/listings.ts';

/** Who comes before whom: what a record refers to is read first, so that a reader finds it. */
const order = [
  'listUsers',
  'listJobs',
  'listJobStages',
  'listJobPosts',
  'listCandidates',
  'listApplications',
  'listScheduledInterviews',
];

test('seven lists are read, each once, and what others refer to first', () => {
  expect(listings.map(({ operation }) => operation)).toEqual(order);
});

test('every list that is read feeds a model', () => {
  const fed = new Set<string>(models.map(({ listing }) => listing));
  expect([...fed].toSorted()).toEqual(order.toSorted());
});

test.each([
  ['listUsers', '/users/'],
  ['listJobs', '/jobs/'],
  ['listCandidates', '/candidates/'],
  ['listOffices', '/offices/'],
] as const)('%s is found at %s below the base of the API', (operation, route) => {
  expect(routeOf(operation)).toBe(route);
});

describe.each(listings)('$operation', ({ operation, schema, query, changesSince, canShrink }) => {
  const parameters = gemDescription.operations.get(operation)?.parameters.map(({ name }) => name) ?? [];
  const knowsDeleted = parameters.includes('include_deleted');

  test('answers with records of the schema that departures are told from', () => {
    const answer = gemDescription.operations.get(operation)?.answers.get(200) ?? '';
    const at = answer
      .slice(1)
      .split('/')
      .map((key) => key.replaceAll('~1', '/'));
    const found = at.reduce<unknown>(
      (part, key) => (part as Record<string, unknown>)[key],
      gemDescription.document,
    );
    expect(found).toMatchObject({ type: 'array', items: { $ref: `#/components/schemas/${schema}` } });
  });

  test('is asked for its deleted records where it can be, and for nothing else', () => {
    expect(query).toEqual(knowsDeleted ? { include_deleted: true } : {});
  });

  test('may lose records while it is read only where deleted ones cannot be asked for', () => {
    expect(canShrink).toBe(!knowsDeleted);
  });

  test('is asked for changes by the parameter that it has', () => {
    expect(parameters).toContain(changesSince);
    expect(changesSince).toBe(operation === 'listApplications' ? 'last_activity_after' : 'updated_after');
  });
});

test.each([
  ['listOffices', ['listJobs']],
  ['listDepartments', ['listJobs']],
  // An application carries its source, and a candidate its applications.
  ['listSources', ['listCandidates', 'listApplications']],
  ['listRejectionReasons', ['listApplications']],
])('a change of what %s lists changes what %j list', (operation, copiedInto) => {
  expect(lookups.find((lookup) => lookup.operation === operation)?.copiedInto).toEqual(copiedInto);
});

test('nothing else is looked up', () => {
  expect(lookups).toHaveLength(4);
});

test('a list is found by its name, and none under another', () => {
  expect(listingOf('listJobs').operation).toBe('listJobs');
  expect(() => listingOf('listOffers' as never)).toThrow('no list is called listOffers');
  expect(() => routeOf('listNothing' as never)).toThrow("Gem's description has no listNothing");
});

test('a record says itself when it last changed, an application by its last activity', () => {
  const { listJobs, listApplications } = oneOfEach();
  const [at, later] = ['2026-03-02T00:00:00.000Z', '2026-03-03T00:00:00.000Z'];
  const read = (name: 'listJobs' | 'listApplications', record: object) => {
    const found = listingOf(name).read({ ...record, updated_at: at, last_activity_at: later });
    return found && changeOf(found);
  };
  expect(read('listJobs', listJobs[0] ?? {})).toBe(at);
  expect(read('listApplications', listApplications[0] ?? {})).toBe(later);
});
