import type { GemSchemas } from '../../../contracts/gem.ts';
import { MethodNotAllowed } from '../../../contracts/server/mount.ts';
import { readAttachment } from '../../attachments/attachments.ts';
import type { World } from '../../world/world.ts';
import { recordProfileChange } from '../../records/activity.ts';
import { invalidField } from '../../problems/problems.ts';
import { deleteRecord } from '../../records/delete-record.ts';
import { itemOf, type GemHandler } from '../resource.ts';
import { referenced, referencedUser, living } from '../references.ts';
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

/** Changes the fields of a candidate that are sent, and no others (gem-ats-api §2.1 #4, §10). */
export const updateCandidate: GemHandler<'updateCandidate'> = ({ path, body }, world) => {
  const candidate = living(world, 'candidates', path.candidate_id);
  const { email_addresses: written, ...changes } = body;
  const email_addresses = written ? readAddresses(written) : candidate.email_addresses;
  world.store.put('candidates', { ...candidate, ...changes, email_addresses });
  recordProfileChange(world, candidate.id, world.now());
  return itemOf(world, candidates, candidate.id);
};

/** Personal addresses are the only ones that Gem lets an integration write; one is primary (gem-ats-api §9). */
function readAddresses(written: readonly GemSchemas['EmailAddressBody'][]): GemSchemas['EmailAddress'][] {
  const primaries = written.filter(({ is_primary }) => is_primary === true);
  if (primaries.length > 1) {
    throw invalidField(['email_addresses'], 'Only one e-mail address can be the primary one.');
  }
  const [primary = written[0]] = primaries;
  return written.map((address) => ({
    is_primary: address === primary,
    type: 'personal',
    value: address.value,
  }));
}

/** Deletes a candidate with their applications, files and notes; all stay as tombstones (gem-ats-api §2.1 #5, §9). */
export const deleteCandidate: GemHandler<'deleteCandidate'> = ({ path }, world) => {
  const candidate = living(world, 'candidates', path.candidate_id);
  deleteRecord(world, 'candidates', candidate.id, world.now());
  return { status: 204, body: undefined };
};
