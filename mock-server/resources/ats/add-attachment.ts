import type { GemSchemas } from '../../../contracts/gem.ts';
import type { Serialised } from '../../../contracts/serialised.ts';
import { recordActivity, recordCandidateActivity } from '../../activity.ts';
import { readAttachment, storeAttachment } from '../../attachments.ts';
import type { World } from '../../world.ts';
import type { GemHandler } from '../handler.ts';
import { living, referenced } from '../references.ts';
import { serialise } from '../resource.ts';
import { presentFile } from './candidates.ts';

/** Attaches a file that stands in the body to a candidate (gem-ats-api §5.5, §14 #5). */
export const addCandidateAttachment: GemHandler<'addCandidateAttachment'> = ({ path, body }, world) => {
  const candidate = living(world, 'candidates', path.candidate_id);
  const now = world.now();
  const answer = store(world, candidate.id, body, now);
  recordCandidateActivity(world, candidate.id, now);
  return answer;
};

/** Attaches a file to an application. Gem keeps it with the candidate, as every file. */
export const addApplicationAttachment: GemHandler<'addApplicationAttachment'> = ({ path, body }, world) => {
  const application = living(world, 'applications', path.application_id);
  const now = world.now();
  const answer = store(world, application.candidate_id, body, now);
  recordActivity(world, application.id, now);
  return answer;
};

function store(
  world: World,
  candidate_id: string,
  body: GemSchemas['AddAttachmentBody'],
  created_at: string,
): { status: 201; body: Serialised<GemSchemas['File']> } {
  const user = referenced(world, 'users', body.user_id, 'user_id');
  const file = readAttachment(body, []);
  const attachment = storeAttachment(world, file, { candidate_id, user_id: user.id, created_at });
  return { status: 201, body: serialise(presentFile(world, attachment)) };
}
