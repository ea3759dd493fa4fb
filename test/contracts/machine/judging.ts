// Which rule catches a mutant that was made by machine.
import type { NamedRule } from '../../../contracts/harness/load-rules.ts';
import { verdictsOf } from '../../../contracts/harness/judge-world.ts';
import { wrongOnes, type Ask } from '../../../contracts/harness/rule.ts';
import type { Run } from '../../../contracts/harness/run.ts';
import type { MachineMutant } from './mutants.ts';
import { reasonFor } from './no-fault.ts';

/** What became of a mutant. */
export interface Judged {
  mutant: MachineMutant;
  /** The rule that caught it first; undefined when none did. */
  by?: string;
  /** Whether there was anything that it could get wrong. */
  hadOccasion: boolean;
}

/** A run of a right connector, cut down to what most rules look at, and how it answers more questions. */
export interface RightRun {
  run: Run;
  ask: Ask;
}

/** Judges mutants one after the other. The rules that caught another of the same place come first, so most are caught at once. */
export function judging(
  rules: readonly NamedRule[],
): (mutant: MachineMutant, right: RightRun) => Promise<Judged> {
  const before = new Map<string, Set<string>>();
  return async (mutant, { run, ask }) => {
    const wrong = mutant.change(run);
    if (!wrong) return { mutant, hadOccasion: false };
    const place = mutant.place.split(/[.[ ?]/, 2).join('.');
    const known = before.get(place) ?? new Set();
    before.set(place, known);
    const rank = ({ name, rule }: NamedRule) =>
      known.has(name)
        ? 0
        : rule.needs.includes(place) || rule.about?.includes(place)
          ? 1
          : name === 'valid-items'
            ? 2
            : 3;
    const judges = rules
      .filter((rule) => mutant.isJudgedBy(rule))
      .toSorted((one, other) => rank(one) - rank(other));
    for (const { name, rule } of judges) {
      const verdicts = await verdictsOf(rule, wrong, mutant.wrap?.(ask) ?? ask);
      if (wrongOnes(verdicts).length === 0) continue;
      known.add(name);
      return { mutant, by: name, hadOccasion: true };
    }
    return { mutant, hadOccasion: true };
  };
}

/** A run with the states after the first and the last full sync alone: what lies between is for mutants that sync wrongly. */
export function cutDown({ run, ask }: RightRun): RightRun {
  const states = [run.first, run.last];
  const answers = new Map<string, Promise<unknown>>();
  return {
    run: { ...run, states, again: run.first },
    ask: {
      list(list, query = {}) {
        const key = JSON.stringify([list, query]);
        const answer = answers.get(key) ?? ask.list(list, query);
        answers.set(key, answer);
        // What was answered to the same question has the same type.
        return answer as ReturnType<typeof ask.list<typeof list>>;
      },
    },
  };
}

/** The share of the caught ones among those that are a fault. */
export function describeScore(all: readonly Judged[]): {
  caught: number;
  missed: string[];
  explained: number;
  share: number;
} {
  const seen = all.filter(({ hadOccasion }) => hadOccasion);
  const caught = seen.filter(({ by }) => by !== undefined).length;
  const free = seen.filter(({ by }) => by === undefined);
  const missed = free.filter(({ mutant }) => reasonFor(mutant) === undefined);
  return {
    caught,
    missed: missed.map(({ mutant }) => `${mutant.place}: ${mutant.step}`),
    explained: free.length - missed.length,
    share: caught / Math.max(1, caught + missed.length),
  };
}
