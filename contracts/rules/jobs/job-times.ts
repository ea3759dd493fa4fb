import * as fc from 'fast-check';
import { jobsOf } from '../cases/jobs.ts';
import { same } from '../support/compare.ts';
import { showsWrong } from '../support/mutants.ts';
import { readingRule } from '../../harness/rule.ts';

/** Any moment of some years, often at the turn of a year, and rarely a whole second. */
const moment = fc
  .oneof(
    { weight: 3, arbitrary: fc.noBias(fc.integer({ min: Date.UTC(2001), max: Date.UTC(2025) })) },
    { weight: 1, arbitrary: fc.constantFrom(Date.UTC(2024, 1, 29, 23, 59, 59, 999), Date.UTC(2012, 0, 1)) },
  )
  .map((time) => new Date(time).toISOString());

export default readingRule({
  statement: 'when a job was opened, closed, made and changed is shown as a moment in UTC with milliseconds',
  evidence: { grade: 'documented', source: 'kombo-unified-api §1.6, §2.2; gem-ats-api §1.8' },
  of: 'jobs',
  becomes: 'jobs',
  needs: ['jobs.opened_at', 'jobs.closed_at', 'jobs.remote_created_at', 'jobs.remote_updated_at'],
  cases: jobsOf([
    timed('job-open', { status: 'open', closed_at: null }, 'opened_at'),
    timed('job-closed', { status: 'closed' }, 'opened_at', 'closed_at'),
    timed('job-draft', { status: 'draft', opened_at: null, closed_at: null }),
    // A job may have a date on which it will close.
    timed('job-ending', { status: 'open', closed_at: '2039-12-31T23:59:59.001Z' }, 'opened_at'),
  ]),
  judge: ({ gem, unified }) => [
    ...same('opened_at', unified.opened_at, written(gem.opened_at)),
    ...same('closed_at', unified.closed_at, written(gem.closed_at)),
    ...same('remote_created_at', unified.remote_created_at, written(gem.created_at)),
    ...same('remote_updated_at', unified.remote_updated_at, written(gem.updated_at)),
  ],
  mutants: [
    showsWrong('opened when made', 'jobs', (job) => ({ ...job, opened_at: job.remote_created_at })),
    showsWrong('closed when changed', 'jobs', (job) => ({
      ...job,
      closed_at: job.closed_at && job.remote_updated_at,
    })),
    showsWrong('milliseconds left out', 'jobs', (job) => ({
      ...job,
      remote_updated_at: job.remote_updated_at?.replace(/\.\d+/, '') ?? null,
    })),
  ],
});

function timed(
  as: string,
  fields: object,
  ...times: string[]
): fc.Arbitrary<{ as: string; [field: string]: unknown }> {
  const all = ['created_at', 'updated_at', ...times].map((field) => [field, moment] as const);
  return fc.record(Object.fromEntries(all)).map((made) => Object.assign({ as }, fields, made));
}

function written(moment: string | null): string | null {
  return moment === null ? null : new Date(moment).toISOString();
}
