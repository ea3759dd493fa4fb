// Connectors that are made wrong by machine: every step of every field, every input and every filter. The rules catch all that are a
// fault; the others are listed with the reason. `npm test` leaves them out, but for a sample in `every-reading-mutant.test.ts`; the short deep
// run takes one of eight, the deep run all of them in three worlds, and writes what it found to `machine/caught.md`.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lookAt } from '../../contracts/harness/judge-world.ts';
import { mergeCases } from '../../contracts/harness/merge-cases.ts';
import { runPlan } from '../../contracts/harness/run-plan.ts';
import { isDeep } from '../support/deep.ts';
import { listCaught } from './machine/caught.ts';
import { filterMutants } from './machine/filter-mutants.ts';
import { cutDown, describeScore, judging, type Judged } from './machine/judging.ts';
import { shownMutants } from './machine/mutants.ts';
import { reasons } from './machine/no-fault.ts';
import { writtenMutants } from './machine/written-mutants.ts';
import { caseOf, rules, useTarget, worlds } from './support/mutants.ts';

const target = useTarget();
const all = [...shownMutants, ...writtenMutants, ...filterMutants];
const chosen = isDeep ? all : all.filter((_mutant, index) => index % 8 === 0);

test('there are thousands of them, of every list and every action', () => {
  expect(all.length).toBeGreaterThan(5000);
});

test('the rules catch every one that is a fault', { timeout: 3_600_000 }, async () => {
  const judge = judging(rules);
  const found = new Map(
    chosen.map((mutant): [typeof mutant, Judged] => [mutant, { mutant, hadOccasion: false }]),
  );
  for (let number = 0; number < worlds; number += 1) {
    // What one world happens to lack another has.
    const missed = describeScore([...found.values()]).missed;
    if (!isDeep && number > 0 && missed.length === 0) break;
    const plan = mergeCases(rules.map((named) => caseOf(named, number)));
    await runPlan(target(), plan, async (run, ask) => {
      const right = cutDown({ run, ask });
      // What is found in a right connector would be found in every mutant.
      expect((await lookAt(rules, right.run, right.ask)).contradictions).toEqual(new Map());
      for (const [mutant, { by, hadOccasion }] of found) {
        if (by !== undefined || (!isDeep && number > 0 && !hadOccasion)) continue;
        const judged = await judge(mutant, right);
        if (judged.hadOccasion) found.set(mutant, judged);
      }
    });
  }
  const outcomes = [...found.values()];
  expect(describeScore(outcomes).missed).toEqual([]);
  if (!isDeep) return;
  const free = outcomes.filter(({ by, hadOccasion }) => hadOccasion && by === undefined);
  const isNeeded = ({ place, step }: (typeof reasons)[number]) =>
    free.some(({ mutant }) => place.test(mutant.place) && step.test(mutant.step));
  expect(reasons.filter((reason) => !isNeeded(reason))).toEqual([]);
  writeFileSync(join(import.meta.dirname, 'machine/caught.md'), listCaught(outcomes));
});
