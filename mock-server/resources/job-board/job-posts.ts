import type { GemSchemas } from '../../../contracts/gem.ts';
import { Serialised } from '../../../contracts/server/serialised.ts';
import type { RecordTypes } from '../../../seeds/index.ts';
import type { UploadedFile } from '../../../contracts/server/read-body.ts';
import { notFound, invalidField } from '../../problems/problems.ts';
import type { World } from '../../world/world.ts';
import { checkFile, type CheckedFile } from '../../attachments/attachments.ts';
import { presentDepartments, presentOffices } from '../ats/lookups.ts';
import { serialise, type GemHandler } from '../resource.ts';
import { publicAddress } from '../ats/job-posts.ts';
import { openJob, startingStage, storeApplication } from '../ats/new-application.ts';
import { knownPerson, storePerson, type PersonDetails } from '../ats/person.ts';

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
function isReachable(post: RecordTypes['job_posts']): boolean {
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

/**
 * Applies to a post of the board: the person is made or used again, and the application carries the post (gem-ats-api §6,
 * §14 #21). The board has to be the one of the key's own team.
 */
export const applyToJobPost: GemHandler<'applyToJobPost'> = ({ path, body, files }, world) => {
  if (path.vanity_url_path !== world.company.vanity) throw notFound('Job board');
  const post = publicPost(world, textOf(body, 'job_post_id') ?? '');
  const details = readDetails(body);
  const resume = files['resume'] && readResume(files['resume']);
  const job = openJob(world, post.job_id, 'job_post_id');
  const known = knownPerson(world, details, job.id);
  const draft = {
    job_id: job.id,
    job_post_id: post.id,
    source_id: careerSite(world),
    credited_to: null,
    recruiter_id: null,
    coordinator_id: null,
    sourcer_id: null,
    current_stage_id: startingStage(world, job.id, undefined, 'job_post_id'),
  };

  const now = world.now();
  const candidate = known ?? storePerson(world, details, now);
  const application_id = storeApplication(world, candidate.id, draft, resume ? [resume] : [], now);
  return {
    status: 201,
    body: serialise({ application_id, candidate_id: candidate.id, job_post_id: post.id }),
  };
};

function publicPost(world: World, id: string): RecordTypes['job_posts'] {
  const post = world.store.get('job_posts', id);
  if (!post || !isReachable(post)) throw invalidField(['job_post_id'], 'Job post not found.', 'form');
  return post;
}

function readDetails(body: unknown): PersonDetails {
  const phone_number = textOf(body, 'phone');
  return {
    first_name: textOf(body, 'first_name') ?? '',
    last_name: textOf(body, 'last_name') ?? '',
    email: textOf(body, 'email') ?? '',
    ...(phone_number !== undefined && { phone_number }),
  };
}

function readResume(file: UploadedFile): CheckedFile {
  const content_type = checkFile(file.filename, file.content.length, ['resume'], 'files');
  return { filename: file.filename, type: 'resume', content_type, content: file.content.toString('base64') };
}

/** The default source of people who come through the board (gem-ats-api §9). */
function careerSite({ store }: World): string | null {
  for (const { record } of store.collection('sources').entries()) {
    if (record.public_name === 'Company career site' && record.deleted_at === null) return record.id;
  }
  return null;
}

/** A field of a form, which was held against the description before. */
function textOf(body: unknown, field: string): string | undefined {
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, field) : undefined;
  return typeof value === 'string' ? value : undefined;
}
