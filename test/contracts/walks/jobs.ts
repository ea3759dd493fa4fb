import { expect } from 'vitest';
import type { GemSchemas } from '../../../contracts/gem.ts';
import { urlOf } from './job-postings.ts';
import { pair, type Walk } from './walk.ts';

export const jobs: Walk = {
  rows: ({ gem, unified }) =>
    pair(gem.jobs, unified.jobs, (job) => {
      const post = newestLivePost(gem.job_posts, job.id);
      return {
        name: job.name.trim(),
        job_code: job.requisition_id,
        description: post?.content ?? null,
        confidential: job.confidential,
        status: statuses[job.status],
        department: job.departments[0]?.name ?? null,
        post_url: post ? urlOf(post) : null,
        remote_work_status: job.location_type ? remoteWork[job.location_type] : null,
        location: addressOf(job),
        custom_fields: { offices: job.offices, departments: job.departments },
        integration_fields: expect.arrayContaining([
          expect.objectContaining({ key: 'offices', type: 'DEFAULT', value: job.offices }),
          expect.objectContaining({ key: 'departments', type: 'DEFAULT', value: job.departments }),
          ...Object.entries(job.custom_fields).map(([key, value]) =>
            expect.objectContaining({ key, type: 'CUSTOM', value }),
          ),
        ]),
        opened_at: job.opened_at,
        closed_at: job.closed_at,
        remote_created_at: job.created_at,
        remote_updated_at: job.updated_at,
        remote_deleted_at: job.deleted_at,
        remote_data: { '/jobs/': job },
      };
    }),
};

const statuses = {
  open: 'OPEN',
  closed: 'CLOSED',
  draft: 'DRAFT',
  pending_approval: 'DRAFT',
  approved: 'DRAFT',
};

const remoteWork = { in_office: 'ON_SITE', hybrid: 'HYBRID', remote: 'REMOTE' };

const countries: Record<string, string> = {
  Germany: 'DE',
  France: 'FR',
  Japan: 'JP',
  Poland: 'PL',
  'United Kingdom': 'GB',
  'United States': 'US',
};

function newestLivePost(
  posts: readonly GemSchemas['JobPost'][],
  jobId: string,
): GemSchemas['JobPost'] | undefined {
  const publishedAt = (post: GemSchemas['JobPost']) => post.first_published_at ?? post.created_at;
  return posts
    .filter(
      ({ job_id, live, active, deleted_at }) => job_id === jobId && live && active && deleted_at === null,
    )
    .toSorted((one, other) => publishedAt(one).localeCompare(publishedAt(other)))
    .at(-1);
}

function addressOf(job: GemSchemas['Job']): unknown {
  const [office] = job.offices;
  if (!office) return null;
  const raw = office.location.name || office.name;
  const country = countries[raw.split(', ').at(-1) ?? ''] ?? null;
  return { city: null, country, raw, state: null, street_1: null, street_2: null, zip_code: null };
}
