// Connectors that sync or write something wrongly: each is caught by its own rule, and in a deep run by no other. `npm test`
// takes one of each group of rules, the short deep run all of them.
import { expect, test } from 'vitest';
import { mergeCases } from '../../contracts/harness/merge-cases.ts';
import { isBroad, isDeep } from '../support/deep.ts';
import { caseOf, catching, judges, mutants, oneOfEach, useTarget, worlds } from './support/mutants.ts';

const target = useTarget();

const all = mutants.filter(({ broken }) => !broken.onlyShows);

test.each(isBroad ? all : oneOfEach(all, ({ named }) => named.group))(
  '$name catches "$mutant"',
  async ({ name, named, broken }) => {
    const caught = new Set<string>();
    for (let number = 0; number < (caught.size === 0 || isDeep ? worlds : 0); number += 1) {
      const plan = mergeCases([caseOf(named, number)]);
      const isBrief = named.rule.concerns === 'writing';
      const wrong = { ...target(), connector: broken.break(target().connector) };
      for (const rule of await catching(wrong, { ...plan, isBrief }, judges(named))) caught.add(rule);
    }
    expect([...caught]).toEqual([name]);
  },
);
