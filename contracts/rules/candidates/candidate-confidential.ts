import * as fc from 'fast-check';
import { same } from '../support/compare.ts';
import { people } from '../cases/people.ts';
import { showsWrong } from '../support/mutants.ts';
import { readingRule } from '../../harness/rule.ts';

export default readingRule({
  statement: 'a candidate is `confidential` when Gem has it as private, and only then',
  evidence: { grade: 'observed', source: 'kombo-unified-api §8 #19, gem-ats-api §8' },
  of: 'candidates',
  becomes: 'candidates',
  needs: ['candidates.confidential'],
  cases: people(
    fc.constant({ is_private: true }),
    fc.constant({ is_private: false }),
    fc.record({ is_private: fc.boolean() }),
  ),
  judge: ({ gem, unified }) => same('confidential', unified.confidential, gem.is_private),
  mutants: [
    showsWrong('no candidate is private', 'candidates', (candidate) => ({
      ...candidate,
      confidential: false,
    })),
    showsWrong('unknown unless private', 'candidates', (candidate) => ({
      ...candidate,
      confidential: candidate.confidential || null,
    })),
  ],
});
