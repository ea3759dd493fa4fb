import * as fc from 'fast-check';
import { toInstant } from '../../clock.ts';
import { same } from '../support/compare.ts';
import { applicants } from '../cases/people.ts';
import { showsWrong } from '../support/mutants.ts';
import { readingRule } from '../../harness/rule.ts';

const rejectedAt = fc
  .date({ min: new Date('2026-01-01'), max: new Date('2026-10-31'), noInvalidDate: true })
  .map((date) => date.toISOString());

export default readingRule({
  statement:
    "an application's `rejected_at` is the moment that Gem gives for the rejection, and null without one",
  evidence: {
    grade: 'documented',
    source: 'kombo-gem-connector §1; gem-ats-api §3.2',
  },
  of: 'applications',
  becomes: 'applications',
  needs: ['applications.rejected_at'],
  cases: applicants(
    fc.constant(rejected('2026-09-02T10:20:30.456Z')),
    rejectedAt.map(rejected),
    fc.constant({
      ...rejected('2026-08-02T00:00:00.000Z'),
      later: (application) => ({ do: 'unreject', application }),
    }),
    fc.constant({ later: (application) => ({ do: 'reject', application }) }),
    fc.constantFrom({ application: { status: 'hired' } }, {}),
  ),
  judge({ gem, unified }) {
    const moment = gem.rejected_at ?? null;
    return same('rejected_at', unified.rejected_at, moment === null ? null : toInstant(Date.parse(moment)));
  },
  mutants: [
    showsWrong('last activity as the moment', 'applications', (application) => ({
      ...application,
      rejected_at: application.rejected_at && application.remote_updated_at,
    })),
    showsWrong('midnight of the day', 'applications', (application) => ({
      ...application,
      rejected_at: application.rejected_at?.replace(/T.*$/, 'T00:00:00.000Z') ?? null,
    })),
  ],
});

/** A rejection at some moment, with later activity. */
function rejected(moment: string): {
  application: Record<string, string>;
  candidate: Record<string, string>;
} {
  return {
    candidate: { created_at: '2025-12-01T00:00:00.000Z' },
    application: {
      status: 'rejected',
      created_at: '2025-12-02T00:00:00.000Z',
      rejected_at: moment,
      last_activity_at: '2026-11-01T08:00:00.000Z',
    },
  };
}
