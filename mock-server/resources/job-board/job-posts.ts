import type { GemSchemas } from '../../../contracts/gem.ts';
import { Serialised } from '../../../contracts/server/serialised.ts';
import type { RecordTypes } from '../../../seeds/index.ts';
import { notFound } from '../../problems/problems.ts';
import type { World } from '../../world/world.ts';
import { presentDepartments, presentOffices } from '../ats/organisation.ts';
import { serialise, type GemHandler } from '../resource.ts';
import { publicAddress } from '../ats/job-posts.ts';

/** All posts that the public sees, in one answer (gem-ats-api §6). */
export const listBoardJobPosts: GemHandler<'listBoardJobPosts'> = (_request, world) => {
  const posts = [...world.store.collection('job_posts').entries()]
    .map(({ record }) => record)
    .filter((post) => isReachable(post) && post.listed);
  return { status: 200, body: Serialised.array(posts.flatMap((post) => presentPost(post, world))) };
};

/** One post; an unlisted one is reached only this way (gem-ats-api §9). */
export const getBoardJobPost: GemHandler<'getBoardJobPost'> = ({ path }, world) => {
  const post = world.store.get('job_posts', path.job_post_id);
  const [body] = post && isReachable(post) ? presentPost(post, world) : [];
  if (!body) throw notFound('Job post');
  return { status: 200, body };
};

/** Whether the public can open a post: unlisted ones too, but none that is internal or taken down. */
export function isReachable(post: RecordTypes['job_posts']): boolean {
  return post.live && post.active && post.external && post.deleted_at === null;
}

function presentPost(post: RecordTypes['job_posts'], world: World): Serialised<GemSchemas['BoardJobPost']>[] {
  const job = world.store.get('jobs', post.job_id);
  if (!job) return [];
  const offices = presentOffices(world.store, job.office_ids);
  const [firstOffice] = offices;
  return [
    serialise({
      absolute_url: publicAddress(world.company, post.id),
      content: post.content,
      content_plain: toPlainText(post.content),
      created_at: post.created_at,
      departments: presentDepartments(world.store, job.department_ids).map(
        ({ child_ids, id, name, parent_id }) => ({
          child_ids,
          id,
          name,
          parent_id,
        }),
      ),
      employment_type: job.employment_type ?? null,
      first_published_at: post.first_published_at,
      id: post.id,
      internal_job_id: job.id,
      location: firstOffice ? firstOffice.location : null,
      location_type: job.location_type ?? null,
      offices,
      requisition_id: job.requisition_id,
      title: post.title,
      updated_at: post.updated_at,
    }),
  ];
}

/** The text between the tags, a line for each block. */
function toPlainText(html: string): string {
  return html
    .replaceAll(/<\/(p|li|h\d|div|ul|ol)>|<br\s*\/?>/g, '\n')
    .replaceAll(/<[^<>]*>/g, '')
    .replaceAll(/\n+/g, '\n')
    .trim();
}
