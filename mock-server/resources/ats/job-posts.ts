import type { GemOperations } from '../../../contracts/gem.ts';
import type { RecordTypes } from '../../../seeds/index.ts';
import type { World } from '../../world/world.ts';
import { created, equals, filters, updated } from '../listing/filters.ts';
import { listPage } from '../listing/pages.ts';
import { itemOf, type GemHandler, type Resource } from '../resource.ts';
import { living } from '../references.ts';
import { presentPlace } from './jobs.ts';

/** Job posts as recruiters see them (gem-ats-api §3.4). */
export const jobPosts: Resource<'job_posts'> = {
  name: 'job_posts',
  label: 'Job post',
  present: (post, { store, unnotedSwitches, company }) => {
    const job = store.get('jobs', post.job_id);
    return {
      active: post.active,
      content: post.content,
      created_at: post.created_at,
      deleted_at: post.deleted_at,
      external: post.external,
      first_published_at: post.first_published_at,
      id: post.id,
      internal: post.internal,
      internal_content: post.internal_content,
      job_id: post.job_id,
      listed: post.listed,
      live: post.live,
      title: post.title,
      updated_at: post.updated_at,
      ...presentPlace(unnotedSwitches, job),
      ...(unnotedSwitches.absolute_url === 'sent' && { absolute_url: publicAddress(company, post.id) }),
    };
  },
};

// The listings know no `include_deleted`: deleted posts always come along, `active` tells them apart
// (gem-ats-api §9).
export const listJobPosts: GemHandler<'listJobPosts'> = ({ query }, world) =>
  listPage(world, jobPosts, { ...query, include_deleted: true }, postFilters(query));

export const listJobPostsOfJob: GemHandler<'listJobPostsOfJob'> = ({ path, query }, world) => {
  living(world, 'jobs', path.job_id);
  const ofJob = world.store.collection('job_posts').entriesBy('job_id', path.job_id);
  return listPage(world, jobPosts, { ...query, include_deleted: true }, postFilters(query), ofJob);
};

export const getJobPost: GemHandler<'getJobPost'> = ({ path, query }, world) =>
  itemOf(world, jobPosts, path.job_post_id, query);

function postFilters(query: NonNullable<GemOperations['listJobPosts']['parameters']['query']>) {
  return filters<RecordTypes['job_posts']>(
    created(query),
    updated(query),
    equals(query.live, (post) => post.live, 'live'),
    equals(query.active, (post) => post.active, 'active'),
    equals(query.internal, (post) => post.internal, 'internal'),
  );
}

/** Where a person reads a job post (gem-ats-api §6). */
export function publicAddress(company: World['company'], postId: string): string {
  return `https://jobs.gem.com/${company.vanity}/${postId}`;
}
