import * as fc from 'fast-check';
import { applicants } from '../cases/people.ts';
import { isThere } from '../support/lists.ts';
import { gemRecord, showsWrong } from '../support/mutants.ts';
import { readingRule, type Check } from '../../harness/rule.ts';
import { same } from '../support/compare.ts';

export default readingRule({
  statement: "an application's `candidate_id` and `candidate` name the person who applied, private or not",
  evidence: { grade: 'documented', source: 'kombo-unified-api §2.4; gem-ats-api §3.2' },
  of: 'applications',
  becomes: 'applications',
  needs: ['applications.candidate_id', 'applications.candidate'],
  cases: applicants(
    fc.constant({ candidate: { is_private: true } }),
    fc.constant({}),
    fc
      .constantFrom('rejected', 'hired')
      .map((status) => ({ candidate: { is_private: true }, application: { status } })),
  ),
  judge({ gem, unified, all }): Check[] {
    const expected = gem.candidate_id;
    const { candidate_id: id, candidate } = unified;
    if (id === null || (candidate && candidate.id !== id))
      return [{ what: 'candidate_id', expected: candidate?.id ?? expected, got: id }];
    // A candidate who no longer exists at Gem may be shown by the id alone.
    if (candidate === null && !isThere(all.candidates, expected)) return [];
    return same('candidate.remote_id', candidate?.remote_id ?? null, expected);
  },
  mutants: [
    showsWrong('private ones unknown', 'applications', (application, gem) => {
      const candidate = gemRecord(gem, 'candidates', application.candidate?.remote_id ?? null);
      return candidate?.is_private === true
        ? { ...application, candidate_id: null, candidate: null }
        : application;
    }),
    showsWrong("its own id as the candidate's", 'applications', (application) => ({
      ...application,
      candidate_id: application.id,
    })),
  ],
});
