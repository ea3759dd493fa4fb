import { isDeepStrictEqual } from 'node:util';
import { postsOf } from '../cases/postings.ts';
import { check } from '../support/compare.ts';
import { judgePostings, showsPostingsWrong } from '../support/postings.ts';
import { readingRule } from '../../harness/rule.ts';

export default readingRule({
  statement: "a posting's `remote_data`, where it is switched on, holds Gem's own post as it came",
  evidence: {
    grade: 'documented',
    source: 'kombo-unified-api §2.2, §5.5; which form of the path is assumed',
  },
  of: 'jobs',
  becomes: 'jobs',
  needs: ['jobs.job_postings'],
  about: ['job-postings.remote_data'],
  isOfForms: true,
  cases: postsOf([{ as: 'post-one' }, { as: 'post-other', title: 'Watchmaker', live: false }]),
  judge: ({ unified, all }) =>
    judgePostings(unified, all, ({ remote_data: data }, post) => {
      if (data === null) return [];
      const isIn = Object.values(data).some((value) => isDeepStrictEqual(value, post));
      return check(isIn, { what: 'remote_data', expected: { '/…': post }, got: data });
    }),
  mutants: [
    showsPostingsWrong('data of the first post', (_posting, _post, { job_postings: [first] }) => ({
      remote_data: first?.remote_data ?? null,
    })),
  ],
});
