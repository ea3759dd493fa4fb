// What was seen of an emulator that is asked for the same writes as Gem.
import { gemDescription } from '../../../gem.ts';
import type { GemEntry } from '../../../drift/entries.ts';
import type { Difference } from './compare-answers.ts';

/** How many calls were held against a mirror. */
export interface MirrorCounts {
  compared: number;
  differing: number;
  not_compared: number;
}

interface Tally {
  compared: number;
  differences: Map<string, Difference>;
}

/** Keeps counts, and each difference once. */
export class MirrorChecks {
  readonly #tallies = new Map<string, Tally>();
  readonly counts: MirrorCounts = { compared: 0, differing: 0, not_compared: 0 };

  add(operation: string, differences: readonly Difference[]): void {
    const tally = this.#tallies.get(operation) ?? { compared: 0, differences: new Map<string, Difference>() };
    this.#tallies.set(operation, tally);
    tally.compared += 1;
    this.counts.compared += 1;
    if (differences.length > 0) this.counts.differing += 1;
    for (const one of differences) {
      if (tally.differences.size < maxContradictions) tally.differences.set(one.what, one);
    }
  }

  /** An entry for each operation that was compared: an emulator that answers as Gem does bears out what it rests on. */
  entries(): GemEntry[] {
    return [...this.#tallies].flatMap(([name, { compared, differences }]) => {
      const operation = gemDescription.operations.get(name);
      if (!operation) return [];
      return {
        name: `mirror-${name}`,
        statement: `the emulator answers ${name} as Gem does, up to ids and moments`,
        evidence: operation.evidence,
        group: 'mirror',
        state: differences.size > 0 ? ('broken' as const) : ('held' as const),
        compared,
        contradictions: [...differences.values()].map(({ what, mirror, gem }) => ({
          about: name,
          what,
          expected: mirror,
          got: gem,
        })),
        settles: [],
      };
    });
  }
}

/** Contradictions that are kept of one operation. */
const maxContradictions = 5;
