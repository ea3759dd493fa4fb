// A world that starts from a captured account answers as the account did, up to renaming.
import { expect, test } from 'vitest';
import { captured } from '../../support/captured.ts';
import { isBroad, isDeep } from '../../support/deep.ts';
import { useGem } from '../../support/gem.ts';
import { allDifferences } from './same-answers.ts';

const gem = useGem({ scenario: 'empty' });

const scenarios = [
  'offers-in-every-status',
  'every-promise',
  'imported-ids',
  'unicode-names',
  'null-heavy-people',
  'same-instant',
  'everything-deleted',
  'default',
  'nested-offices',
  'many-attachments',
  'interviews-in-every-state',
  'openings-without-a-job',
] as const;

const few = isBroad ? 3 : 1;

test.each(isDeep ? scenarios : scenarios.slice(0, few))(
  '%s answers every list and filter as before, up to renaming',
  async (scenario) => {
    const world = await gem().control.openWorld({ scenario, switches: { rate_limit: 'off' } });
    const { snapshot } = await captured({ url: world.url, apiKey: world.key });
    const copy = await gem().control.openWorld({ switches: { rate_limit: 'off' } });
    await copy.import({ ...snapshot, switches: { rate_limit: 'off' } });
    const [original, other] = [world, copy].map(({ url, key }) => ({ url, apiKey: key }));
    if (!original || !other) throw new Error('both were opened');
    expect((await allDifferences(original, other, { samples: 3 })).slice(0, 5)).toEqual([]);
    const counts = ({ records }: typeof snapshot) =>
      Object.fromEntries(Object.entries(records).map(([name, list]) => [name, list.length]));
    const all = counts(await world.export());
    // Files and notes of somebody who was deleted do not show, and neither do openings of a job that was.
    expect(counts(snapshot)).toMatchObject({
      candidates: all['candidates'],
      applications: all['applications'],
      jobs: all['jobs'],
      users: all['users'],
    });
  },
);
