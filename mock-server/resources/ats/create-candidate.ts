import type { GemSchemas } from '../../../contracts/gem.ts';
import type { RecordTypes } from '../../../seeds/index.ts';
import { readAttachment } from '../../attachments.ts';
import type { World } from '../../world.ts';
import type { GemHandler } from '../handler.ts';
import { referenced, referencedUser } from '../references.ts';
import { itemOf } from '../resource.ts';
import { candidates } from './candidates.ts';
import {
  openJob,
  refuseSecondApplication,
  startingStage,
  storeApplication,
  type ApplicationDraft,
} from './new-application.ts';

type Body = GemSchemas['CreateCandidateBody'];
type CandidateRecord = RecordTypes['candidates'];

/**
 * Creates a person with an application to a job; a person who is known already is reused (gem-ats-api §5.1,
 * §14 #4). Everything is checked before anything is written.
 */
export const createCandidate: GemHandler<'createCandidate'> = ({ body }, world) => {
  const draft = readApplication(world, body);
  const files = (body.attachments ?? []).map((attachment, index) =>
    readAttachment(attachment, ['attachments', String(index)]),
  );
  const known = world.switches.same_person === 'reuse' ? findPerson(world, body) : undefined;
  if (known) refuseSecondApplication(world, known.id, body.job_id);

  const now = world.now();
  const candidate = known ?? createPerson(world, body, now);
  storeApplication(world, candidate.id, draft, files, now);
  return { ...itemOf(world, candidates, candidate.id), status: 201 };
};

function readApplication(world: World, body: Body): ApplicationDraft {
  const job = openJob(world, body.job_id, 'job_id');
  const { source_id = null } = body;
  if (source_id !== null) referenced(world, 'sources', source_id, 'source_id');
  return {
    job_id: job.id,
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

function findPerson(world: World, body: Body): CandidateRecord | undefined {
  const people = world.store.collection('candidates');
  const byHandle = body.linkedin_handle
    ? people.by('social_media_address', linkedInAddress(body.linkedin_handle).toLowerCase())
    : [];
  return [...people.by('email', body.email.toLowerCase()), ...byHandle].find(
    ({ deleted_at }) => deleted_at === null,
  );
}

function createPerson(world: World, body: Body, now: string): CandidateRecord {
  const candidate: CandidateRecord = {
    id: world.nextId('candidate'),
    first_name: body.first_name,
    last_name: body.last_name,
    company: body.company ?? null,
    title: body.title ?? null,
    phone_numbers: body.phone_number ? [{ type: 'mobile', value: body.phone_number }] : [],
    // The only kind of address that Gem lets an integration write (gem-ats-api §9).
    email_addresses: [{ value: body.email, type: 'personal', is_primary: true }],
    social_media_addresses: body.linkedin_handle ? [{ value: linkedInAddress(body.linkedin_handle) }] : [],
    tags: [],
    educations: [],
    employments: [],
    linked_user_ids: [],
    is_private: false,
    created_at: now,
    updated_at: now,
    last_activity: now,
    deleted_at: null,
  };
  world.store.put('candidates', candidate);
  return candidate;
}

function linkedInAddress(handle: string): string {
  return `https://www.linkedin.com/in/${handle}`;
}
