// What a promise of Gem's behaviour is. `promises/` has a table of them for each group.
import type { Evidence, Grade } from '../../description.ts';
import type { Notes } from './outcome.ts';
import type { Subject } from './subject.ts';

/** One thing that Gem promises, beyond the form of its answers. */
export interface GemPromise {
  /** In plain words, as one sentence without a full stop. */
  statement: string;
  evidence: Evidence;
  /** A JSON pointer to where it stands in the description, if it stands in one place there. */
  place?: string;
  /** Whether it cannot be checked without writing. What it creates is cleaned up, unless a remark says otherwise. */
  writes?: true;
  check(gem: Subject, notes: Notes): Promise<void>;
}

/** Those of a group, by name. */
export type GemPromises = Readonly<Record<string, GemPromise>>;

/** The evidence of a promise, from the facts' own letters. */
export function evidence(letter: 'A' | 'B' | 'C' | 'D', source: string): Evidence {
  return { grade: grades[letter], source };
}

const grades: Readonly<Record<'A' | 'B' | 'C' | 'D', Grade>> = {
  A: 'documented',
  B: 'observed',
  C: 'lineage',
  D: 'assumed',
};
