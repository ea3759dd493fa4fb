import type { GemSchemas } from '../../../contracts/gem.ts';
import type { RecordTypes } from '../../../seeds/index.ts';
import { recordActivity } from '../../activity.ts';
import { readAttachment, storeAttachment } from '../../attachments.ts';
import { forbiddenByRule, invalidField } from '../../http/problems.ts';
import type { World } from '../../world.ts';
import type { GemHandler } from '../handler.ts';
import { itemOf } from '../resource.ts';
import { candidates } from './candidates.ts';

type Body = GemSchemas['CreateCandidateBody'];
type CandidateRecord = RecordTypes['candidates'];

/**
 * Creates a person with an application to a job; a person who is known already is reused (gem-ats-api §5.1,
 * §14 #4). Everything is checked before anything is written.
 */
export const createCandidate: GemHandler<'createCandidate'> = ({ body }, world) => {
  const application = readApplication(world, body);
  const files = (body.attachments ?? []).map((attachment, index) =>
    readAttachment(attachment, ['attachments', String(index)]),
  );
  const known = world.switches.same_person === 'reuse' ? findPerson(world, body) : undefined;
  if (known) refuseSecondApplication(world, known, body.job_id);

  const candidate = known ?? createPerson(world, body);
  const id = world.nextId('application');
  const now = world.now();
  world.store.put('applications', {
    ...application,
    id,
    candidate_id: candidate.id,
    last_activity_at: now,
    created_at: now,
  });
  for (const file of files) storeAttachment(world, candidate.id, null, file);
  recordActivity(world, id);
  return { ...itemOf(world, candidates, candidate.id), status: 201 };
};

function readApplication(
  world: World,
  body: Body,
): Omit<RecordTypes['applications'], 'id' | 'candidate_id' | 'created_at' | 'last_activity_at'> {
  const job = world.store.get('jobs', body.job_id);
  if (!job || job.deleted_at !== null) throw invalidField(['job_id'], 'Job not found.');
  if (job.status !== 'open')
    throw forbiddenByRule(`Job is ${job.status}; only an open job takes applications.`);
  const source_id = body.source_id ?? null;
  if (source_id !== null && !world.store.get('sources', source_id)) {
    throw invalidField(['source_id'], 'Source not found.');
  }
  return {
    job_id: job.id,
    job_post_id: null,
    source_id,
    credited_to: null,
    recruiter_id: readUser(world, body, 'recruiter'),
    coordinator_id: readUser(world, body, 'coordinator'),
    sourcer_id: readUser(world, body, 'sourcer'),
    status: 'active',
    current_stage_id: readStage(world, job.id, body.initial_stage_id),
    rejection_reason_id: null,
    rejected_at: null,
    custom_fields: {},
    deleted_at: null,
  };
}

function readStage(world: World, jobId: string, wanted: string | undefined): string | null {
  const stages = world.store
    .collection('job_stages')
    .by('job_id', jobId)
    .filter((stage) => stage.deleted_at === null)
    .sort((one, other) => one.priority - other.priority);
  if (wanted === undefined) return stages.find(({ active }) => active)?.id ?? null;
  if (!stages.some(({ id }) => id === wanted)) {
    throw invalidField(['initial_stage_id'], 'Stage not found in this job.');
  }
  return wanted;
}

/** Either the id or the address names the user (gem-ats-api §5.1). */
function readUser(world: World, body: Body, role: 'recruiter' | 'coordinator' | 'sourcer'): string | null {
  const named = body[role];
  if (!named) return null;
  const users = world.store.collection('users');
  const user =
    named.user_id === undefined
      ? users.by('email', named.email?.toLowerCase() ?? '')[0]
      : users.get(named.user_id);
  if (!user || user.deleted_at !== null) throw invalidField([role], 'User not found.');
  return user.id;
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

function refuseSecondApplication(world: World, person: CandidateRecord, jobId: string): void {
  const hasActive = world.store
    .collection('applications')
    .by('candidate_id', person.id)
    .some(({ job_id, status, deleted_at }) => job_id === jobId && status === 'active' && deleted_at === null);
  if (hasActive) {
    throw forbiddenByRule('The candidate already has an active application to this job.', {
      duplicate_candidate: { id: person.id },
    });
  }
}

function createPerson(world: World, body: Body): CandidateRecord {
  const now = world.now();
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
