// Applications and the offers they lead to. `makeApplicationOf` completes one of which only some fields are known.
import type { ApplicationRecord, CandidateRecord, JobRecord, OfferRecord } from '../records.ts';
import type { Kit } from './kit.ts';
import { toInstant } from '../../contracts/clock.ts';
import { jobFor, living, named, stagesOf, type Find } from './relations.ts';

/** Makes an application of a candidate to a job: active, applied when the candidate was created. */
export function makeApplication(
  kit: Kit,
  candidate: CandidateRecord,
  job: JobRecord,
  overrides: Partial<ApplicationRecord> = {},
): ApplicationRecord {
  const created_at = overrides.created_at ?? candidate.created_at;
  return {
    id: kit.identifiers.next('application'),
    candidate_id: candidate.id,
    job_id: job.id,
    job_post_id: null,
    source_id: null,
    credited_to: null,
    recruiter_id: null,
    coordinator_id: null,
    sourcer_id: null,
    status: 'active',
    current_stage_id: null,
    rejection_reason_id: null,
    rejected_at: null,
    last_activity_at: created_at,
    custom_fields: {},
    deleted_at: null,
    ...overrides,
    created_at,
  };
}

/**
 * Makes an application of which only some fields are known. Its job is that of its stage or post, or the first open one; it
 * stands in the job's first stage, came through a live post and the first source, and is looked after by the job's team.
 */
export function makeApplicationOf(
  kit: Kit,
  fields: Partial<ApplicationRecord>,
  find: Find,
): ApplicationRecord {
  const candidate = named(find, 'candidates', fields.candidate_id, 'an application');
  const job = jobFor(find, fields.job_id ?? jobOfRelations(fields, find), 'an application');
  const created_at =
    fields.created_at ?? earlier(kit.ago(0), later(candidate.created_at, job.opened_at ?? job.created_at));
  const { status = 'active' } = fields;
  const endedAt =
    fields.rejected_at ?? fields.last_activity_at ?? earlier(kit.ago(0), daysAfter(created_at, 5));
  const stages = stagesOf(find, job.id);
  const isRejected = status === 'rejected';
  return makeApplication(kit, candidate, job, {
    ...teamOf(job),
    job_post_id: publicPost(find, job.id),
    source_id: living(find, 'sources')[0]?.id ?? null,
    current_stage_id: (status === 'hired' ? stages.at(-1) : stages[0])?.id ?? null,
    rejected_at: isRejected ? endedAt : null,
    rejection_reason_id: (isRejected && living(find, 'rejection_reasons')[0]?.id) || null,
    last_activity_at: status === 'active' ? created_at : endedAt,
    ...fields,
    created_at,
  });
}

function jobOfRelations(fields: Partial<ApplicationRecord>, find: Find): string | undefined {
  const { current_stage_id: stage, job_post_id: post } = fields;
  if (stage) return find('job_stages').find(({ id }) => id === stage)?.job_id;
  return post ? find('job_posts').find(({ id }) => id === post)?.job_id : undefined;
}

function teamOf({ hiring_team }: JobRecord): Partial<ApplicationRecord> {
  return {
    recruiter_id: hiring_team.recruiters?.[0] ?? null,
    coordinator_id: hiring_team.coordinators?.[0] ?? null,
    sourcer_id: hiring_team.sourcers?.[0] ?? null,
  };
}

function publicPost(find: Find, jobId: string): string | null {
  const posts = living(find, 'job_posts');
  return posts.find(({ job_id, live, external }) => job_id === jobId && live && external)?.id ?? null;
}

function daysAfter(instant: string, days: number): string {
  return toInstant(Date.parse(instant) + days * 24 * 60 * 60_000);
}

// Instants may be written with another precision or offset; what counts is the moment.
function later(left: string, right: string): string {
  return Date.parse(left) < Date.parse(right) ? right : left;
}

function earlier(left: string, right: string): string {
  return Date.parse(left) < Date.parse(right) ? left : right;
}

/** Makes an offer for an application: sent and unanswered, or accepted where the application ended in a hire. */
export function makeOffer(
  kit: Kit,
  application: ApplicationRecord,
  overrides: Partial<OfferRecord> = {},
): OfferRecord {
  const created_at = overrides.created_at ?? application.last_activity_at;
  return {
    id: kit.identifiers.next('offer'),
    application_id: application.id,
    opening_id: null,
    status: application.status === 'hired' ? 'accepted' : 'unresolved',
    sent_at: created_at.slice(0, 10),
    starts_at: kit.dateAgo(-45),
    compensation: [
      {
        type: 'base_salary',
        value: String(kit.chance.number.int({ min: 50, max: 140 }) * 1000),
        value_type: 'amount',
        unit: null,
        currency_code: 'EUR',
        interval: 'year',
      },
    ],
    updated_at: created_at,
    deleted_at: null,
    ...overrides,
    created_at,
  };
}
