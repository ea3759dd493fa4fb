// What a create call answers when Gem has written and nothing of it could be stored: what was asked for, and Gem's ids.
import { Serialised } from '../../contracts/server/serialised.ts';
import type { UnifiedSchemas } from '../../contracts/unified.ts';
import { komboId } from '../models/identifiers.ts';
import type { Created } from './finish-creation.ts';

/** Told with such an answer. */
export const unstored =
  'Gem has what was created, but it could not be stored here yet: the lists show it after the next sync.';

/** An application that is not stored (kombo-unified-api §3.2). */
export function unstoredApplication(
  integrationId: string,
  created: Created,
  at: string,
): Serialised<UnifiedSchemas['CreatedApplication']> {
  const { body } = created;
  const answer: UnifiedSchemas['CreatedApplication'] = {
    ...applicationOf(integrationId, created, at),
    current_stage_id:
      body.initial_stage_id === undefined ? null : komboId(integrationId, body.initial_stage_id),
    job_id: komboId(integrationId, body.job_id),
    candidate_id: komboId(integrationId, created.candidateId),
    screening_question_answers: [],
    custom_fields: {},
    integration_fields: [],
    remote_deleted_at: null,
    remote_data: null,
    candidate: candidateOf(integrationId, created, at),
  };
  return toBytes(answer);
}

/** A candidate who is not stored (kombo-unified-api §3.2). */
export function unstoredCandidate(
  integrationId: string,
  created: Created,
  at: string,
): Serialised<UnifiedSchemas['CreatedCandidate']> {
  const answer: UnifiedSchemas['CreatedCandidate'] = {
    ...candidateOf(integrationId, created, at),
    applications: [applicationOf(integrationId, created, at)],
  };
  return toBytes(answer);
}

function applicationOf(integrationId: string, { applicationId, appliedAt }: Created, at: string) {
  return {
    id: komboId(integrationId, applicationId),
    remote_id: applicationId,
    outcome: 'PENDING' as const,
    rejection_reason_name: null,
    rejected_at: null,
    remote_url: null,
    changed_at: at,
    remote_created_at: appliedAt,
    remote_updated_at: appliedAt,
    current_stage: null,
    job: null,
  };
}

function candidateOf(
  integrationId: string,
  { candidateId, body }: Created,
  at: string,
): UnifiedSchemas['CreatedApplicationCandidate'] {
  return {
    id: komboId(integrationId, candidateId),
    remote_id: candidateId,
    first_name: body.first_name,
    last_name: body.last_name,
    company: body.company ?? null,
    title: body.title ?? null,
    confidential: null,
    source: null,
    phone_numbers: body.phone_number === undefined ? [] : [{ phone_number: body.phone_number, type: null }],
    email_addresses: [{ email_address: body.email, type: 'PERSONAL' }],
    social_media: [],
    location: null,
    custom_fields: {},
    integration_fields: [],
    remote_url: null,
    remote_created_at: null,
    remote_updated_at: null,
    remote_data: null,
    changed_at: at,
    remote_deleted_at: null,
    tags: [],
  };
}

function toBytes<Answer extends object>(answer: Answer): Serialised<Answer> {
  return new Serialised(Buffer.from(JSON.stringify(answer)));
}
