import { sql } from 'kysely';
import type { GemSchemas } from '../../contracts/gem.ts';
import { komboId } from '../identifiers.ts';
import type { Integration } from '../store/queries/integrations.ts';
import type { Database } from '../store/schema.ts';
import { saveRecords } from '../sync/save-records.ts';
import type { FoundApplication } from './applications-of-person.ts';
import { isApplication, isCandidate, type SeenApplication, type SeenCandidate } from './gem-answers.ts';
import type { Services } from './services.ts';

/** What is stored of a creation: what Gem says of it, and what was asked for where Gem says nothing. */
export interface CreatedRecords {
  created: FoundApplication;
  body: GemSchemas['CreateCandidateBody'];
  /** The candidate as Gem shows them now; undefined where that cannot be read. */
  read: SeenCandidate | undefined;
  /** An instant for what Gem gives no time. */
  at: string;
}

/**
 * Stores a created application and its candidate, so that the lists show them at once (kombo-unified-api §3.2). Where
 * what Gem says cannot be used, what was asked for is stored; the next sync brings the rest.
 */
export async function storeCreated(
  { database, clock }: Pick<Services, 'database' | 'clock'>,
  integration: Integration,
  records: CreatedRecords,
): Promise<void> {
  const into = { store: { database }, clock, integration };
  const { created, read } = records;
  const shown = [read, created.candidate].find(
    (one) => one?.applications.some(({ id }) => id === created.applicationId) ?? false,
  );
  const others = (shown?.applications ?? []).filter(({ id }) => id !== created.applicationId);
  const known = shown?.applications.find(({ id }) => id === created.applicationId) ?? created.application;
  const applications = [...(known ? [completed(known, records)] : []), plainApplication(records)];
  for (const person of [read, created.candidate]) {
    if (person && (await save('listCandidates', withApplications(person, applications[0], others)))) {
      return saveApplications();
    }
  }
  // Somebody who is stored already is not to lose what is known of them.
  if (!(await isStored(database, integration.id, created.candidateId)))
    await save('listCandidates', plainCandidate(records));
  return saveApplications();

  async function saveApplications(): Promise<void> {
    for (const application of applications) if (await save('listApplications', application)) break;
    const rest = others.map(({ record }) => record).filter(isApplication);
    await saveRecords({ ...into, listing: 'listApplications', records: rest });
  }

  async function save(listing: 'listCandidates' | 'listApplications', record: object): Promise<boolean> {
    const { saved } =
      listing === 'listCandidates'
        ? await saveRecords({ ...into, listing, records: [record].filter(isCandidate) })
        : await saveRecords({ ...into, listing, records: [record].filter(isApplication) });
    return saved > 0;
  }
}

async function isStored(database: Database, integrationId: string, candidateId: string): Promise<boolean> {
  const { rows } = await sql`
    select from ats_candidates as candidate where candidate.id = ${komboId(integrationId, candidateId)}::text
  `.execute(database);
  return rows.length > 0;
}

/** An application as Gem shows it, with what it needs to be found under its candidate and its job. */
function completed(seen: SeenApplication, { created, body, at }: CreatedRecords): object {
  return {
    ...seen.record,
    id: seen.id,
    candidate_id: seen.candidateId ?? created.candidateId,
    ...(seen.job === undefined && { jobs: [{ id: body.job_id, name: '' }] }),
    ...(seen.status === undefined && { status: 'active' }),
    ...(seen.appliedAt === null && { applied_at: at }),
  };
}

function withApplications(
  { id, applicationIds, emails, record }: SeenCandidate,
  application: object | undefined,
  others: readonly SeenApplication[],
): object {
  return {
    ...record,
    id,
    applications: [...others.map((one) => one.record), ...(application ? [application] : [])],
    application_ids: applicationIds,
    ...(emails === undefined && { email_addresses: [] }),
  };
}

/** The candidate, as far as the call describes them. */
function plainCandidate(records: CreatedRecords): object {
  const { body, created, at } = records;
  const { first_name, last_name, company = null, title = null } = body;
  return {
    id: created.candidateId,
    first_name,
    last_name,
    company,
    title,
    email_addresses: [{ type: 'personal', value: body.email, is_primary: true }],
    phone_numbers: body.phone_number === undefined ? [] : [{ type: 'other', value: body.phone_number }],
    social_media_addresses: [],
    attachments: [],
    tags: [],
    educations: [],
    employments: [],
    linked_user_ids: [],
    is_private: false,
    created_at: at,
    updated_at: at,
    last_activity: at,
    applications: [plainApplication(records)],
    application_ids: [created.applicationId],
  };
}

/** The application, as far as the call describes it. */
function plainApplication({ body, created, at }: CreatedRecords): object {
  const appliedAt = created.appliedAt ?? at;
  const stageId = created.application?.stageId ?? body.initial_stage_id ?? null;
  return {
    id: created.applicationId,
    candidate_id: created.candidateId,
    applied_at: appliedAt,
    last_activity_at: appliedAt,
    source: null,
    credited_to: null,
    recruiter: null,
    coordinator: null,
    sourcer: null,
    jobs: [{ id: body.job_id, name: created.application?.job?.name ?? '' }],
    job_post_id: null,
    status: 'active',
    current_stage: stageId === null ? null : { id: stageId, name: '' },
    custom_fields: {},
  };
}
