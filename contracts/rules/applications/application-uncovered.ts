import * as fc from 'fast-check';
import type { Case } from '../../harness/case.ts';
import { same } from '../support/compare.ts';
import { showsWrong } from '../support/mutants.ts';
import { readingRule } from '../../harness/rule.ts';

/** A hire with an offer: Gem has offers, but the unified API does not get them. */
const hireWithOffer: fc.Arbitrary<Case> = fc
  .constantFrom('accepted', 'unresolved', 'rejected')
  .map((status) => ({
    records: {
      candidates: [{ as: 'candidate-1' }],
      applications: [
        { as: 'application-1', candidate_id: 'candidate-1', job_id: 'backend', status: 'hired' },
      ],
      offers: [{ application_id: 'application-1', status }],
    },
  }));

export default readingRule({
  statement:
    'an application has no `offers`, no `screening_question_answers` and no `remote_url`: they are not covered for Gem',
  evidence: {
    grade: 'assumed',
    source: 'not on the list of kombo-unified-api §2.4; the values are recommended',
  },
  of: 'applications',
  becomes: 'applications',
  needs: [],
  about: ['applications.offers', 'applications.screening_question_answers', 'applications.remote_url'],
  cases: hireWithOffer,
  judge: ({ unified }) => [
    ...same('offers', unified.offers, []),
    ...same('screening_question_answers', unified.screening_question_answers, []),
    ...same('remote_url', unified.remote_url, null),
  ],
  mutants: [
    showsWrong('an offer of each hire', 'applications', (application) => ({
      ...application,
      offers:
        application.outcome === 'HIRED' ? [{ id: application.id, remote_id: null, status: 'ACCEPTED' }] : [],
    })),
    showsWrong("a link into Gem's app", 'applications', (application) => ({
      ...application,
      remote_url: `https://www.gem.com/candidate/1/applications/${application.remote_id}`,
    })),
  ],
});
