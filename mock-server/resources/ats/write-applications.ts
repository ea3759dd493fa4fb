import type { GemSchemas } from '../../../contracts/gem.ts';
import { readAttachment } from '../../attachments/attachments.ts';
import type { World } from '../../world/world.ts';
import { itemOf, type GemHandler } from '../resource.ts';
import { living, referenced, referencedUser } from '../references.ts';
import { applications } from './applications.ts';
import {
  openJob,
  refuseSecondApplication,
  startingStage,
  storeApplication,
  type ApplicationDraft,
} from './new-application.ts';
import { changeApplication, present } from './lifecycle/transition.ts';

type Body = GemSchemas['CreateApplicationBody'];

/** Starts an application of a person who is known already (gem-ats-api §5.5, §14 #3). */
export const createApplication: GemHandler<'createApplication'> = ({ path, body }, world) => {
  const candidate = living(world, 'candidates', path.candidate_id);
  referenced(world, 'users', body.user_id, 'user_id');
  const draft = readApplication(world, body);
  const files = (body.attachments ?? []).map((attachment, index) =>
    readAttachment(world, attachment, ['attachments', String(index)]),
  );
  refuseSecondApplication(world, candidate.id, body.job_id);
  const id = storeApplication(world, candidate.id, draft, files, world.now());
  return { ...itemOf(world, applications, id), status: 201 };
};

function readApplication(world: World, body: Body): ApplicationDraft {
  const job = openJob(world, body.job_id, 'job_id');
  const { source_id = null, recruiter_id = null, coordinator_id = null } = body;
  if (source_id !== null) referenced(world, 'sources', source_id, 'source_id');
  if (recruiter_id !== null) referenced(world, 'users', recruiter_id, 'recruiter_id');
  if (coordinator_id !== null) referenced(world, 'users', coordinator_id, 'coordinator_id');
  return {
    job_id: job.id,
    job_post_id: null,
    source_id,
    credited_to: body.referrer ? readReferrer(world, body.referrer) : null,
    recruiter_id,
    coordinator_id,
    sourcer_id: null,
    current_stage_id: startingStage(world, job.id, body.initial_stage_id, 'initial_stage_id'),
  };
}

function readReferrer(world: World, { type, value }: GemSchemas['Referrer']): string {
  return referencedUser(world, type === 'id' ? { user_id: value } : { email: value }, 'referrer').id;
}

/** Changes the source of an application (gem-ats-api §5.3). */
export const updateApplication: GemHandler<'updateApplication'> = ({ path, body }, world) => {
  const application = living(world, 'applications', path.application_id);
  const source = referenced(world, 'sources', body.source_id, 'source_id');
  changeApplication(world, application, { source_id: source.id }, world.now());
  return present(world, application);
};
