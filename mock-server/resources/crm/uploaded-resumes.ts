import type { GemSchemas } from '../../../contracts/gem.ts';
import type { RecordTypes } from '../../../seeds/index.ts';
import { recordCandidateActivity } from '../../activity.ts';
import { checkFile, storeAttachment } from '../../attachments.ts';
import { pageOf } from '../../http/pages.ts';
import { invalidField, notFound } from '../../http/problems.ts';
import type { World } from '../../world.ts';
import type { GemHandler } from '../handler.ts';
import { serialise } from '../resource.ts';

/** Uploads a file to a candidate, in the name of a user. Gem files it as a résumé (gem-ats-api §5.4). */
export const uploadResume: GemHandler<'uploadResume'> = ({ path, files }, world) => {
  requireCandidate(world, path.candidate_id);
  const user = world.store.get('users', path.user_id);
  if (!user || user.deleted_at !== null) throw notFound('User');
  const file = files['resume_file'];
  if (!file) throw invalidField(['resume_file'], 'Missing data for required field.', 'files');
  const content_type = checkFile(file.filename, file.content.length, ['resume_file'], 'files');
  const attachment = storeAttachment(world, path.candidate_id, user.id, {
    filename: file.filename,
    type: 'resume',
    content_type,
    content: file.content.toString('base64'),
  });
  recordCandidateActivity(world, path.candidate_id);
  return { status: 201, body: serialise(presentResume(attachment, user.id, world)) };
};

/** The files that users uploaded to a candidate. */
export const listUploadedResumes: GemHandler<'listUploadedResumes'> = ({ path, query }, world) => {
  requireCandidate(world, path.candidate_id);
  const resumes = world.store
    .collection('attachments')
    .by('candidate_id', path.candidate_id)
    .flatMap((attachment) =>
      attachment.user_id === null ? [] : [serialise(presentResume(attachment, attachment.user_id, world))],
    );
  return pageOf(resumes, query);
};

function presentResume(
  attachment: RecordTypes['attachments'],
  user_id: string,
  world: World,
): GemSchemas['UploadedResume'] {
  return {
    candidate_id: attachment.candidate_id,
    created_at: Math.floor(Date.parse(attachment.created_at) / 1000),
    download_url: world.attachmentLink(attachment),
    filename: attachment.filename,
    id: attachment.id,
    user_id,
  };
}

function requireCandidate(world: World, id: string): void {
  const candidate = world.store.get('candidates', id);
  if (!candidate || candidate.deleted_at !== null) throw notFound('Candidate');
}
