import { toInstant } from '../../contracts/clock.ts';
import type { ApplicationRecord, JobRecord } from '../records.ts';
import { makeApplication } from './application.ts';
import type { Kit } from './kit.ts';
import { jobFor, living, named, stagesOf, type Find } from './relations.ts';

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
