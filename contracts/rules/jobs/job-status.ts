import { jobsOf } from '../cases/jobs.ts';
import { same } from '../support/compare.ts';
import { filtersToo, gemRecord, showsWrong } from '../support/mutants.ts';
import { readingRule, type Mutant } from '../../harness/rule.ts';

export default readingRule({
  statement:
    'an open job is OPEN and a closed one CLOSED; a draft is DRAFT, also while and after it is approved',
  evidence: {
    grade: 'assumed',
    source: 'kombo-unified-api §5.7: of the two steps of approval nothing is documented',
  },
  of: 'jobs',
  becomes: 'jobs',
  needs: ['jobs.status'],
  cases: jobsOf(
    [
      { as: 'job-open', status: 'open' },
      { as: 'job-closed', status: 'closed' },
      { as: 'job-draft', status: 'draft' },
      { as: 'job-pending', status: 'pending_approval' },
      { as: 'job-approved', status: 'approved' },
    ],
    [
      { do: 'close', resource: 'jobs', record: 'job-open' },
      { do: 'reopen', resource: 'jobs', record: 'job-closed' },
      { do: 'change', resource: 'jobs', record: 'job-draft', set: { status: 'pending_approval' } },
    ],
  ),
  judge({ gem, unified }) {
    const expected = statuses.get(gem.status);
    // A new word of Gem may become any status.
    return expected === undefined ? [] : same('status', unified.status, expected);
  },
  mutants: [
    showsOpen('closed jobs open', (status) => status === 'closed'),
    showsOpen('approved jobs open', (status) => status === 'approved'),
  ],
});

const statuses: ReadonlyMap<string, string> = new Map([
  ['open', 'OPEN'],
  ['closed', 'CLOSED'],
  ['draft', 'DRAFT'],
  ['pending_approval', 'DRAFT'],
  ['approved', 'DRAFT'],
]);

function showsOpen(name: string, isMeant: (status: string | undefined) => boolean): Mutant {
  const wrong = showsWrong(name, 'jobs', (job, gem) => ({
    ...job,
    status: isMeant(gemRecord(gem, 'jobs', job.remote_id)?.status) ? 'OPEN' : job.status,
  }));
  return filtersToo(wrong, 'statuses', (item) => ('status' in item ? item.status : null));
}
