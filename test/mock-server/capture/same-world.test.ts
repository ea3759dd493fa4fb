// A world that starts from a captured account answers as the account did, up to renaming.
import { expect, test } from 'vitest';
import { gemDescription } from '../../../contracts/gem.ts';
import { scenarios, type ScenarioReference } from '../../../seeds/index.ts';
import { isBroad, isDeep, someOf } from '../../support/deep.ts';
import { useGem } from '../../support/gem.ts';
import { comparedLists } from './compared-lists.ts';
import { differencesOnceCaptured } from './same-answers.ts';

const gem = useGem({ scenario: 'empty' });

/** What a push tries: ids of other forms, offers that refer to all there is, and whatever a promise needs. */
const some = ['offers-in-every-status', 'every-promise', 'imported-ids'] as const;

const all = scenarios.map(({ name }) => name as ScenarioReference);

test.each(isDeep ? all : someOf(some))(
  '%s answers every list and filter as before, up to renaming',
  async (scenario) => {
    const world = await gem().control.openWorld({ scenario, switches: { rate_limit: 'off' } });
    const { differences, snapshot } = await differencesOnceCaptured(gem(), world, {
      samples: isBroad ? 3 : 1,
    });
    expect(differences.slice(0, 5)).toEqual([]);
    const counts = ({ records }: typeof snapshot) =>
      Object.fromEntries(Object.entries(records).map(([name, list]) => [name, list.length]));
    const before = counts(await world.export());
    // Files and notes of somebody who was deleted do not show, and neither do openings of a job that was.
    expect(counts(snapshot)).toMatchObject({
      candidates: before['candidates'],
      applications: before['applications'],
      jobs: before['jobs'],
      users: before['users'],
    });
  },
  // One of them has a thousand people.
  isDeep ? 600_000 : 60_000,
);

test('a sign that shows as a line break ends no record', async () => {
  const world = await gem().control.openWorld({ scenario: 'offers-in-every-status' });
  const [job] = (await world.records('jobs')).records;
  const set = { requisition_id: 'One\u2028Two\u2029Three' };
  await world.edit({ do: 'change', resource: 'jobs', record: String(job?.record['id']), set });
  const { differences } = await differencesOnceCaptured(gem(), world, { samples: 1 });
  expect(differences).toEqual([]);
});

/** What narrows no list, and the filters whose values would be ids of what no list names. */
const noFilters = new Set(['page', 'per_page', 'page_size', 'skip_count', 'include_deleted', 'sort']);
const untried = ['listJobs custom_field_option_id', 'listCrmCustomFields project_id'];

test('every list of an account and every filter of it is among those that are compared', () => {
  const lists = [...gemDescription.operations.values()].filter(
    ({ id, isAnonymous }) => id.startsWith('list') && !isAnonymous,
  );
  expect(lists.map(({ id }) => id).toSorted()).toEqual(Object.keys(comparedLists).toSorted());
  const left = lists.flatMap(({ id, parameters }) => {
    const { filters = {}, elsewhere = {} } = comparedLists[id] ?? {};
    const narrowing = parameters.filter((one) => one.in === 'query' && !noFilters.has(one.name));
    return narrowing
      .filter(({ name }) => !(name in filters) && !(name in elsewhere))
      .map(({ name }) => `${id} ${name}`);
  });
  expect(left.toSorted()).toEqual(untried.toSorted());
});
