// Connectors that show something wrongly: each is caught by its own rule, and in a deep run by no other. What a right
// connector showed of some worlds is enough to try them out. `npm test` takes one of each rule, the short deep run all of them.
import { expect, test } from 'vitest';
import { mergeCases, type Plan } from '../../contracts/harness/merge-cases.ts';
import { Recording } from './support/recording.ts';
import { isBroad, isDeep } from '../support/deep.ts';
import { caseOf, catching, judges, mutants, oneOfEach, rules, useTarget, worlds } from './support/mutants.ts';

const target = useTarget();

interface Recorded {
  recording: Recording;
  plan: Plan;
}

/** Worlds with a case of every rule, as a right connector showed them; each is recorded when it is first needed. */
const recorded: Promise<Recorded>[] = [];

async function record(number: number): Promise<Recorded> {
  const plan = { ...mergeCases(rules.map((named) => caseOf(named, number))), actions: [] };
  const recording = new Recording();
  expect(await catching(recording.record(target()), plan)).toEqual([]);
  return { recording, plan };
}

const all = mutants.filter(({ broken }) => broken.onlyShows);

test.each(isBroad ? all : oneOfEach(all, ({ name }) => name))(
  '$name catches "$mutant"',
  async ({ name, named, broken }) => {
    const caught = new Set<string>();
    for (let number = 0; number < (caught.size === 0 || isDeep ? worlds : 0); number += 1) {
      const { recording, plan } = await (recorded[number] ??= record(number));
      const played = recording.replay(target());
      const wrong = { ...played, connector: broken.break(played.connector, played.readGem) };
      for (const rule of await catching(wrong, plan, judges(named))) caught.add(rule);
    }
    expect([...caught]).toEqual([name]);
  },
);
