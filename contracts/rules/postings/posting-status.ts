import { postsOf } from '../cases/postings.ts';
import { same } from '../support/compare.ts';
import { judgePostings, showsPostingsWrong, type JobPost } from '../support/postings.ts';
import { readingRule } from '../../harness/rule.ts';

export default readingRule({
  statement:
    'a posting is ACTIVE while it is live and active, DRAFT when it was never published, otherwise INACTIVE',
  evidence: { grade: 'assumed', source: 'kombo-unified-api §5.7' },
  of: 'jobs',
  becomes: 'jobs',
  needs: ['jobs.job_postings'],
  about: ['job-postings.status'],
  cases: postsOf(
    [
      { as: 'post-live' },
      { as: 'post-draft', live: false },
      { as: 'post-taken-down', live: false, first_published_at: '2024-01-02T08:00:00Z' },
      { as: 'post-switched-off', active: false },
      { as: 'post-never-on', live: false, active: false },
    ],
    [
      { do: 'unpublish', record: 'post-live' },
      { do: 'publish', record: 'post-draft' },
    ],
  ),
  judge: ({ unified, all }) =>
    judgePostings(unified, all, (posting, post) => same('status', posting.status, statusOf(post))),
  mutants: [
    showsPostingsWrong('taken down as draft', ({ status }) => ({
      status: status === 'INACTIVE' ? 'DRAFT' : status,
    })),
    showsPostingsWrong('live is enough', ({ status }, { live }) => ({ status: live ? 'ACTIVE' : status })),
    showsPostingsWrong('active is enough', ({ status }, { active }) => ({
      status: active ? 'ACTIVE' : status,
    })),
  ],
});

function statusOf({ live, active, first_published_at }: JobPost): string {
  if (live && active) return 'ACTIVE';
  return first_published_at === null ? 'DRAFT' : 'INACTIVE';
}
