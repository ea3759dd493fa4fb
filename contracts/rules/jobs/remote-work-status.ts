import { jobsOf } from '../cases/jobs.ts';
import { same } from '../support/compare.ts';
import { showsWrong } from '../support/mutants.ts';
import { readingRule } from '../../harness/rule.ts';

export default readingRule({
  statement: "a job's `remote_work_status` follows from Gem's location type, and is null without one",
  evidence: {
    grade: 'assumed',
    source:
      'kombo-unified-api §5.7; gem-ats-api §3.3: that the job itself has a location type is not documented',
  },
  of: 'jobs',
  becomes: 'jobs',
  needs: ['jobs.remote_work_status'],
  cases: jobsOf(
    [
      { as: 'job-office', location_type: 'in_office' },
      { as: 'job-hybrid', location_type: 'hybrid' },
      { as: 'job-remote', location_type: 'remote' },
      { as: 'job-unset', location_type: null },
    ],
    [{ do: 'change', resource: 'jobs', record: 'job-office', set: { location_type: 'remote' } }],
  ),
  judge({ gem, unified }) {
    const type = gem.location_type ?? 'unset';
    return type in statuses ? same('remote_work_status', unified.remote_work_status, statuses[type]) : [];
  },
  mutants: [
    showsWrong('hybrid as remote', 'jobs', (job) => ({
      ...job,
      remote_work_status: job.remote_work_status === 'HYBRID' ? 'REMOTE' : job.remote_work_status,
    })),
    showsWrong('unset as on site', 'jobs', (job) => ({
      ...job,
      remote_work_status: job.remote_work_status ?? 'ON_SITE',
    })),
  ],
});

const statuses: Readonly<Record<string, string | null>> = {
  in_office: 'ON_SITE',
  hybrid: 'HYBRID',
  remote: 'REMOTE',
  unset: null,
};
