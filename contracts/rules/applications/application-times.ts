import * as fc from 'fast-check';
import { toInstant } from '../../clock.ts';
import { same } from '../support/compare.ts';
import { applicants } from '../cases/people.ts';
import { gemRecord, showsWrong } from '../support/mutants.ts';
import { readingRule } from '../../harness/rule.ts';

const appliedAt = fc
  .date({ min: new Date('2026-01-01'), max: new Date('2026-08-31'), noInvalidDate: true })
  .map((date) => date.toISOString());

export default readingRule({
  statement:
    "an application's `remote_created_at` is the moment of applying, and `remote_updated_at` that of the last activity",
  evidence: { grade: 'observed', source: 'gem-ats-api §3.2: Gem has no other times of it' },
  of: 'applications',
  becomes: 'applications',
  needs: ['applications.remote_created_at', 'applications.remote_updated_at'],
  cases: applicants(
    appliedAt.map((moment) => ({
      candidate: { created_at: '2025-12-01T00:00:00.000Z' },
      application: { created_at: moment, last_activity_at: '2026-09-02T10:20:30.456Z' },
    })),
    fc.constant({ application: { status: 'rejected' } }),
    fc.constant({ later: (application) => ({ do: 'advance', application }) }),
  ),
  judge: ({ gem, unified }) => [
    ...same('remote_created_at', unified.remote_created_at, toInstant(Date.parse(gem.applied_at))),
    ...same('remote_updated_at', unified.remote_updated_at, toInstant(Date.parse(gem.last_activity_at))),
  ],
  mutants: [
    showsWrong("the candidate's creation", 'applications', (application, gem) => {
      const candidate = gemRecord(gem, 'candidates', application.candidate?.remote_id ?? null);
      return { ...application, remote_created_at: candidate?.created_at ?? application.remote_created_at };
    }),
    showsWrong('no time of update', 'applications', (application) => ({
      ...application,
      remote_updated_at: null,
    })),
  ],
});
