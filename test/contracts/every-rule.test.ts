import { describe, expect, test } from 'vitest';
import { checkReadRules, checkWriteRules, type Outcome, type Target } from '../../contracts/harness.ts';
import { rules } from '../../contracts/rules/index.ts';
import { useBoth } from '../support/both.ts';

const both = useBoth();

const target = (): Target => ({
  gem: both.gem,
  unified: {
    url: both.connector.apiUrl,
    apiKey: both.connector.apiKey,
    integrationId: both.integrationId,
  },
});

describe('the rule catalogue', () => {
  test('holds from end to end, rule by rule, on the default scenario', async () => {
    const outcomes = [
      ...(await checkReadRules(target())),
      ...(await checkWriteRules(target(), 'rule@example.com')),
    ];
    expect(outcomes.map(({ rule }) => rule).toSorted()).toEqual(rules.map(({ name }) => name).toSorted());
    expect(outcomes.filter(({ contradictions }) => contradictions.length > 0)).toEqual([]);
    for (const { rule, checked } of outcomes) expect(checked, rule).toBeGreaterThan(0);
  });

  test('finds a connector out when Gem has moved on since its sync', async () => {
    const { store } = both.gem.world;
    const job = [...store.collection('jobs').entries()].find(
      ({ record }) => record.office_ids.length === 9,
    )?.record;
    if (!job) throw new Error('the scenario has no job with nine offices');
    store.put('jobs', { ...job, office_ids: job.office_ids.toReversed() });
    const contradicted = (outcomes: Outcome[]) =>
      outcomes.filter(({ contradictions }) => contradictions.length > 0).map(({ rule }) => rule);
    expect(contradicted(await checkReadRules(target()))).toEqual(['first-office', 'all-offices']);
    store.put('jobs', job);
    expect(contradicted(await checkReadRules(target()))).toEqual([]);
  });
});
