import { create } from '../actions/create.ts';
import type { Integration } from '../store/queries/integrations.ts';
import { sql, type RawBuilder } from 'kysely';
import { toInstant } from '../../contracts/clock.ts';
import { Serialised, toPart } from '../../contracts/server/serialised.ts';
import type { UnifiedSchemas } from '../../contracts/unified.ts';
import {
  anyFields,
  applicationKeys,
  candidateItem,
  candidateKeys,
  jobSummary,
  stageSummary,
} from './lists/items.ts';
import type { Database } from '../store/schema.ts';
import { toWarnings } from '../actions/warnings.ts';
import type { Services } from '../actions/services.ts';
import { komboId } from '../identifiers.ts';
import type { Created } from '../actions/finish-creation.ts';

/**
 * `POST /ats/candidates`: creates a candidate together with an application (kombo-unified-api §3).
 *
 * @throws UnifiedProblem or GemError; nothing was created then, unless the problem says so
 */
export async function createCandidate(
  services: Services,
  integration: Integration,
  body: UnifiedSchemas['CreateCandidateBody'],
): Promise<Serialised<UnifiedSchemas['CreatedCandidateAnswer']>> {
  const { job_id: job, stage_id: stageId } = body.application;
  const created = await create(services, integration, { job, stageId, body });
  return answerCreated(services, created.warnings, {
    read: () => readCreatedCandidate(services.database, komboId(integration.id, created.candidateId)),
    make: (at) => unstoredCandidate(integration.id, created, at),
  });
}

/**
 * `POST /ats/jobs/{job_id}/applications`: creates an application to a job (kombo-unified-api §3).
 *
 * @param job the job's id, or `remote:` and its id at Gem
 * @throws UnifiedProblem or GemError; nothing was created then, unless the problem says so
 */
export async function createApplication(
  services: Services,
  integration: Integration,
  job: string,
  body: UnifiedSchemas['CreateApplicationBody'],
): Promise<Serialised<UnifiedSchemas['CreatedApplicationAnswer']>> {
  const created = await create(services, integration, { job, stageId: body.stage_id, body });
  return answerCreated(services, created.warnings, {
    read: () => readCreatedApplication(services.database, komboId(integration.id, created.applicationId)),
    make: (at) => unstoredApplication(integration.id, created, at),
  });
}

/**
 * Reads a new application as its create call answers it (kombo-unified-api §3.2).
 *
 * @returns undefined when it, or its candidate, is not stored
 */
export function readCreatedApplication(
  database: Database,
  id: string,
): Promise<Serialised<UnifiedSchemas['CreatedApplication']> | undefined> {
  return readOne(
    database,
    sql`
      select json_build_object(${applicationKeys(anyFields)},
        'current_stage', ${stageSummary},
        'job', ${jobSummary},
        'candidate', json_build_object(${candidateKeys(anyFields)}, 'tags', '[]'::json)
      )::text as json
      from ats_applications as application
      join ats_candidates as candidate on candidate.id = application.candidate_id
      where application.id = ${id}::text`,
  );
}

/**
 * Reads a new candidate as its create call answers it: as the list shows it (kombo-unified-api §3.2).
 *
 * @returns undefined when they are not stored
 */
export function readCreatedCandidate(
  database: Database,
  id: string,
): Promise<Serialised<UnifiedSchemas['CreatedCandidate']> | undefined> {
  return readOne(
    database,
    sql`select ${candidateItem(anyFields)}::text as json from ats_candidates as candidate where candidate.id = ${id}::text`,
  );
}

/**
 * Puts the answer of a create call together (kombo-unified-api §1.2). It was created: whatever fails from here on fails
 * nothing.
 *
 * @param data.read reads it as it is stored
 * @param data.make makes it where it is not stored, at an instant
 */
export async function answerCreated<Data>(
  { clock, log }: Pick<Services, 'clock' | 'log'>,
  warnings: readonly string[],
  data: {
    read: () => Promise<Serialised<Data> | undefined>;
    make: (at: string) => Serialised<Data>;
  },
): Promise<Serialised<{ status: 'success'; data: Data; warnings: UnifiedSchemas['Warnings'] }>> {
  const stored = await data.read().catch((error: unknown) => {
    log('could not read what was created', error);
    return undefined;
  });
  const told = stored ? warnings : [...warnings, unstored];
  const { bytes } = stored ?? data.make(toInstant(clock.now()));
  const pieces = [
    Buffer.from('{"status":"success","data":'),
    bytes,
    Buffer.from(`,"warnings":${JSON.stringify(toWarnings(told))}}`),
  ];
  return new Serialised(pieces.map(toPart));
}

async function readOne<Data>(
  database: Database,
  statement: RawBuilder<unknown>,
): Promise<Serialised<Data> | undefined> {
  const { rows } = await sql<{ json: string }>`${statement}`.execute(database);
  const [row] = rows;
  return row && new Serialised(Buffer.from(row.json));
}

// What a create call answers when Gem has written and nothing of it could be stored: what was asked for, and Gem's ids.

/** Told with such an answer. */
const unstored =
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
