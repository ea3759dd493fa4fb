import { describe, expect, test } from 'vitest';
import { komboId } from '../../../connector/identifiers.ts';
import { jobPostings } from '../../../connector/models/job-postings.ts';
import { postRecord } from '../../support/gem-records.ts';
import { rowOf, testCopies } from './support/mapping.ts';

describe('a job posting (kombo-unified-api §2.2)', () => {
  testCopies(
    { model: jobPostings, listing: 'listJobPosts' },
    {
      remote_id: 'id',
      title: 'title',
      description_html: 'content',
      remote_created_at: 'created_at',
      remote_updated_at: 'updated_at',
      first_published_at: 'first_published_at',
    },
  );

  test('belongs to the job that it advertises', () => {
    expect(rowOf(jobPostings, postRecord('post', 'job'))['job_id']).toBe(komboId('gem:1', 'job'));
  });

  test('is active while it is live, and inactive once it was taken down', () => {
    expect(rowOf(jobPostings, postRecord('post', 'job'))).toMatchObject({ status: 'ACTIVE', is_live: true });
    expect(rowOf(jobPostings, postRecord('post', 'job', { live: false }))).toMatchObject({
      status: 'INACTIVE',
      is_live: false,
    });
  });

  test('is found where it is shown, under the address of the job board', () => {
    const post = postRecord('post', 'job', { external: true, listed: true });
    expect(rowOf(jobPostings, post)).toMatchObject({
      visibility: 'PUBLIC',
      url: 'https://jobs.gem.com/acme/post',
    });
    expect(rowOf(jobPostings, post, { jobBoardVanity: null })['url']).toBeNull();
  });
});
