import type { GemSchemas } from '../../../contracts/gem.ts';
import type { RecordTypes } from '../../../seeds/index.ts';
import { recordCandidateActivity } from '../../records/activity.ts';
import { checkFile, storeAttachment } from '../../attachments/attachments.ts';
import { invalidField } from '../../problems/problems.ts';
import type { World } from '../../world/world.ts';
import { pageOf } from '../listing/pages.ts';
import { serialise, type GemHandler } from '../resource.ts';
import { living } from '../references.ts';
import { secondsOf } from './moment.ts';

/** Uploads a file to a candidate, in the name of a user. Gem files it as a résumé (gem-ats-api §5.4). */
export const uploadResume: GemHandler<'uploadResume'> = ({ path, files }, world) => {
  const candidate = living(world, 'candidates', path.candidate_id);
  const user = living(world, 'users', path.user_id);
  const file = files['resume_file'];
  if (!file) throw invalidField(['resume_file'], 'Missing data for required field.', 'files');
  const content_type = checkFile(file.filename, file.content.length, ['resume_file'], 'files');
  const now = world.now();
  const attachment = storeAttachment(
    world,
    { filename: file.filename, type: 'resume', content_type, content: file.content.toString('base64') },
    { candidate_id: candidate.id, user_id: user.id, created_at: now },
  );
  recordCandidateActivity(world, candidate.id, now);
  return { status: 201, body: serialise(presentResume(attachment, user.id, world)) };
};

/** The files that users uploaded to a candidate. */
export const listUploadedResumes: GemHandler<'listUploadedResumes'> = ({ path, query }, world) => {
  living(world, 'candidates', path.candidate_id);
  const { created_after = -Infinity, created_before = Infinity } = query;
  const resumes = world.store
    .collection('attachments')
    .by('candidate_id', path.candidate_id)
    .filter(({ deleted_at }) => deleted_at === null)
    .flatMap((attachment) =>
      attachment.user_id === null ? [] : [presentResume(attachment, attachment.user_id, world)],
    )
    .filter(({ created_at }) => created_at >= created_after && created_at < created_before);
  const sorted = query.sort === 'desc' ? resumes.toReversed() : resumes;
  return pageOf(
    sorted.map((resume) => serialise(resume)),
    query,
  );
};

function presentResume(
  attachment: RecordTypes['attachments'],
  user_id: string,
  world: World,
): GemSchemas['UploadedResume'] {
  return {
    candidate_id: attachment.candidate_id,
    created_at: secondsOf(attachment.created_at),
    download_url: world.links.to(attachment),
    filename: attachment.filename,
    id: attachment.id,
    user_id,
  };
}
