// Connectors that show something wrongly: each is caught by its own rule, and in a deep run by no other. What a right
// connector showed of some worlds is enough to try them out. `npm test` takes one of each rule, the short deep run all of them.
import { expect, test } from 'vitest';
import { lookAt } from '../../contracts/harness/judge-world.ts';
import { mergeCases, type Plan } from '../../contracts/harness/merge-cases.ts';
import { runPlan } from '../../contracts/harness/run-plan.ts';
import { cutDown, describeScore, judging, type Judged, type RightRun } from './machine/judging.ts';
import { shownMutants } from './machine/mutants.ts';
import { Recording } from './support/recording.ts';
import { isBroad, isDeep, someOf } from '../support/deep.ts';
import { caseOf, catching, judges, mutants, oneOfEach, rules, useTarget, worlds } from './support/mutants.ts';

const target = useTarget();

interface Recorded {
  recording: Recording;
  plan: Plan;
  right: RightRun;
}

/** What fills the worlds, which on a push live for one round: no cases of rules that judge no list, whose failures of Gem cost time. */
const shown = isBroad ? rules : rules.filter(({ rule }) => rule.mutants.some((broken) => broken.onlyShows));

/** Worlds with a case of every rule, as a right connector showed them; each is recorded when it is first needed. */
const recorded: Promise<Recorded>[] = [];

async function record(number: number): Promise<Recorded> {
  const { rounds, ...whole } = mergeCases(shown.map((named) => caseOf(named, number)));
  const plan = { ...whole, rounds: [...someOf(rounds)], actions: [] };
  const recording = new Recording();
  const right = await runPlan(recording.record(target()), plan, async (run, ask) => {
    // On a push, `every-rule` alone holds the right connector to all rules.
    const { contradictions } = await lookAt(isBroad ? rules : [], run, ask);
    expect([...contradictions.keys()]).toEqual([]);
    return cutDown({ run, ask });
  });
  return { recording, plan, right };
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

test('of the mutants that are made by machine, a sample is caught', async () => {
  const { right } = await (recorded[0] ??= record(0));
  const judge = judging(rules);
  const judged: Judged[] = [];
  for (const mutant of shownMutants.filter((_mutant, index) => index % 97 === 0))
    judged.push(await judge(mutant, right));
  const { caught, missed } = describeScore(judged);
  expect(missed).toEqual([]);
  expect(caught).toBeGreaterThan(8);
});
