import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { wrongOnes } from '../../../contracts/harness/rule.ts';
import postingText from '../../../contracts/rules/postings/posting-text.ts';
import { jobPostings } from '../../../connector/models/job-postings.ts';
import { choosePosting, type PostingToChoose } from '../../../connector/policy/posting-text.ts';
import { job, jobPost } from '../../support/arbitraries/jobs.ts';
import { identifier, moment, nullable } from '../../support/arbitraries/values.ts';
import { nothing } from '../../support/gem-records.ts';
import { unifiedJob } from '../../support/unified.ts';
import { rowsOf } from '../models/support/mapping.ts';

const posting: fc.Arbitrary<PostingToChoose> = fc.record({
  id: identifier,
  is_live: fc.boolean(),
  first_published_at: nullable(moment),
  remote_created_at: nullable(moment),
});

test.prop([job, fc.array(jobPost, { maxLength: 5 })])("a job's text contradicts no rule", (gem, given) => {
  const posts = given.map((post) => ({ ...post, job_id: gem.id }));
  const rows = posts.flatMap((post) => rowsOf(jobPostings, post));
  const chosen = choosePosting(
    rows.map((row) => ({
      id: row.id,
      is_live: row['is_live'] === true && row.remote_deleted_at === null,
      first_published_at: textOf(row['first_published_at']),
      remote_created_at: textOf(row['remote_created_at']),
      description: textOf(row['description_html']),
      url: textOf(row['url']),
    })),
  );
  const texts = { description: chosen?.description ?? null, post_url: chosen?.url ?? null, job_postings: [] };
  const unified = { ...unifiedJob(gem), ...texts };
  expect(wrongOnes(postingText.judge({ gem, unified, all: { ...nothing, job_posts: posts } }))).toEqual([]);
});

test.prop([fc.array(posting)])('only a live posting is chosen, and one is if there is any', (postings) => {
  const chosen = choosePosting(postings);
  expect(chosen !== undefined).toBe(postings.some(({ is_live }) => is_live));
  expect(chosen?.is_live ?? true).toBe(true);
});

test.prop([fc.uniqueArray(posting, { selector: ({ id }) => id })])(
  'the order of postings means nothing',
  (postings) => {
    expect(choosePosting(postings.toReversed())).toEqual(choosePosting(postings));
  },
);

test.prop([fc.array(posting)])(
  'taking a posting down never brings an older one above a newer one',
  (postings) => {
    const chosen = choosePosting(postings);
    const left = postings.filter((one) => one !== chosen);
    const next = choosePosting(left);
    expect(timeOf(next) <= timeOf(chosen)).toBe(true);
  },
);

function timeOf(one: PostingToChoose | undefined): number {
  return Date.parse(one?.first_published_at ?? one?.remote_created_at ?? '') || 0;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
