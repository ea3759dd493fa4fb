import * as fc from 'fast-check';
import { toInstant } from '../../clock.ts';
import { same } from '../support/compare.ts';
import { people } from '../cases/people.ts';
import { showsWrong } from '../support/mutants.ts';
import { readingRule } from '../../harness/rule.ts';

const instant = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2026-10-01'), noInvalidDate: true })
  .map((date) => date.toISOString());

export default readingRule({
  statement:
    "a candidate's `remote_created_at` and `remote_updated_at` are Gem's `created_at` and `updated_at`",
  evidence: {
    grade: 'documented',
    source: 'kombo-gem-connector §1; gem-ats-api §3.1',
  },
  of: 'candidates',
  becomes: 'candidates',
  needs: ['candidates.remote_created_at', 'candidates.remote_updated_at'],
  cases: people(
    fc.constant({ created_at: '2026-02-04T22:31:13.742Z', updated_at: '2026-10-05T00:00:00.000Z' }),
    fc
      .record({ created_at: instant })
      .map(({ created_at }) => ({ created_at, updated_at: '2026-10-31T23:59:59.999Z' })),
  ),
  judge: ({ gem, unified }) => [
    ...same('remote_created_at', unified.remote_created_at, toInstant(Date.parse(gem.created_at))),
    ...same(
      'remote_updated_at',
      unified.remote_updated_at,
      gem.updated_at === null ? null : toInstant(Date.parse(gem.updated_at)),
    ),
  ],
  mutants: [
    showsWrong('one time for both', 'candidates', (candidate) => ({
      ...candidate,
      remote_created_at: candidate.remote_updated_at,
    })),
    showsWrong('whole seconds', 'candidates', (candidate) => ({
      ...candidate,
      remote_created_at: candidate.remote_created_at?.replace(/\.\d+Z$/, '.000Z') ?? null,
    })),
  ],
});
