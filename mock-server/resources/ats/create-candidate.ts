import type { GemSchemas } from '../../../contracts/gem.ts';
import { MethodNotAllowed } from '../../../contracts/server/mount.ts';
import { readAttachment } from '../../attachments/files.ts';
import type { World } from '../../world/world.ts';
import type { GemHandler } from '../handler.ts';
import { referenced, referencedUser } from '../references.ts';
import { itemOf } from '../resource.ts';
import { candidates } from './candidates.ts';
import { openJob, startingStage, storeApplication, type ApplicationDraft } from './new-application.ts';
import { knownPerson, storePerson } from './person.ts';

type Body = GemSchemas['CreateCandidateBody'];

/**
 * Creates a person with an application to a job; a person who is known already is reused (gem-ats-api §5.1,
 * §14 #4). Everything is checked before anything is written.
 */
export const createCandidate: GemHandler<'createCandidate'> = ({ body }, world) => {
  if (world.switches.deprecated_create === 'gone') throw new MethodNotAllowed(['GET', 'HEAD']);
  const draft = readApplication(world, body);
  const files = (body.attachments ?? []).map((attachment, index) =>
    readAttachment(world, attachment, ['attachments', String(index)]),
  );
  const known = knownPerson(world, body, body.job_id);

  const now = world.now();
  const candidate = known ?? storePerson(world, body, now);
  storeApplication(world, candidate.id, draft, files, now);
  return { ...itemOf(world, candidates, candidate.id), status: 201 };
};

function readApplication(world: World, body: Body): ApplicationDraft {
  const job = openJob(world, body.job_id, 'job_id');
  const { source_id = null } = body;
  if (source_id !== null) referenced(world, 'sources', source_id, 'source_id');
  return {
    job_id: job.id,
    job_post_id: null,
    source_id,
    credited_to: null,
    recruiter_id: readUser(world, body, 'recruiter'),
    coordinator_id: readUser(world, body, 'coordinator'),
    sourcer_id: readUser(world, body, 'sourcer'),
    current_stage_id: startingStage(world, job.id, body.initial_stage_id, 'initial_stage_id'),
  };
}

function readUser(world: World, body: Body, role: 'recruiter' | 'coordinator' | 'sourcer'): string | null {
  const named = body[role];
  return named ? referencedUser(world, named, role).id : null;
}
