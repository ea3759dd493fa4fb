import { isLive, postingStatus, postingUrl, postingVisibility } from '../policy/posting-status.ts';
import { komboId } from '../identifiers.ts';
import { defineModel, recordsOf, remoteData } from './model.ts';

/** Advertisements of jobs (kombo-unified-api §2.2, `job_postings`). */
export const jobPostings = defineModel({
  name: 'ats_job_postings',
  label: 'Job postings',
  from: recordsOf('listJobPosts'),
  remoteId: (post) => post.id,
  remoteDeletedAt: (post) => post.deleted_at,
  columns: {
    title: 'text',
    description_html: 'text',
    status: 'text',
    visibility: 'text',
    url: 'text',
    job_id: 'text',
    remote_created_at: 'timestamptz',
    remote_updated_at: 'timestamptz',
    remote_data: 'jsonb',
    // For the derivation posting-text.
    is_live: 'boolean',
    first_published_at: 'timestamptz',
  },
  derivedColumns: {},
  internalColumns: ['is_live', 'first_published_at'],
  fields: {
    title: 'title',
    description_html: 'content',
    status: postingStatus,
    visibility: postingVisibility,
    url: (post, { jobBoardVanity }) => postingUrl(post, jobBoardVanity),
    job_id: ({ job_id: id }, { integrationId }) => id && komboId(integrationId, id),
    remote_created_at: 'created_at',
    remote_updated_at: 'updated_at',
    remote_data: remoteData('listJobPosts'),
    is_live: isLive,
    first_published_at: 'first_published_at',
  },
});
