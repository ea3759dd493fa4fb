import type { RecordTypes } from '../../../seeds/index.ts';
import type { UploadedFile } from '../../../contracts/server/read-body.ts';
import { checkFile, type CheckedFile } from '../../attachments/files.ts';
import { invalidField, notFound } from '../../problems/problems.ts';
import type { World } from '../../world/world.ts';
import { openJob, startingStage, storeApplication } from '../ats/new-application.ts';
import { knownPerson, storePerson, type PersonDetails } from '../ats/person.ts';
import { serialise, type GemHandler } from '../resource.ts';
import { isReachable } from './job-posts.ts';

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
