// A job, a stage or a post of which only some fields are known.
import type { JobPostRecord, JobRecord, JobStageRecord } from '../records.ts';
import { makeJobPost } from './job-post.ts';
import { makePipeline } from './job-stage.ts';
import { makeJob } from './job.ts';
import type { Kit } from './kit.ts';
import { jobFor, living, staff, stagesOf, type Find } from './relations.ts';

/** Makes a job in an office and a department that there are, with a manager and a recruiter. */
export function makeJobOf(kit: Kit, fields: Partial<JobRecord>, find: Find): JobRecord {
  const { chance } = kit;
  const one = (records: readonly { id: string }[]) =>
    records.length > 0 ? [chance.helpers.arrayElement(records).id] : [];
  const people = staff(find);
  const isOpened = fields.status === undefined || fields.status === 'open' || fields.status === 'closed';
  return makeJob(kit, {
    office_ids: one(living(find, 'offices')),
    department_ids: one(living(find, 'departments')),
    hiring_team: people.length > 0 ? { hiring_managers: one(people), recruiters: one(people) } : {},
    ...(!isOpened && { opened_at: null }),
    ...(fields.status === 'closed' && { closed_at: kit.ago(1), updated_at: kit.ago(1) }),
    ...fields,
    name: fields.name ?? chance.person.jobTitle(),
  });
}

/** Makes a stage behind the last one of its job. */
export function makeStageOf(kit: Kit, fields: Partial<JobStageRecord>, find: Find): JobStageRecord {
  const job = jobFor(find, fields.job_id, 'a job stage');
  const interviewers = staff(find).slice(0, 3);
  const [stage] = makePipeline(
    kit,
    job,
    interviewers.map(({ id }) => id),
    [fields.name ?? 'Extra Round'],
  );
  if (!stage) throw new Error('a pipeline of one stage has no stage');
  const last = stagesOf(find, job.id).at(-1);
  return { ...stage, priority: (last?.priority ?? -1) + 1, ...fields };
}

/** Makes a post of a job. One that is not live was never published; one that was deleted is not active. */
export function makePostOf(kit: Kit, fields: Partial<JobPostRecord>, find: Find): JobPostRecord {
  const isDeleted = fields.deleted_at !== undefined && fields.deleted_at !== null;
  return makeJobPost(kit, jobFor(find, fields.job_id, 'a job post'), {
    ...(fields.live === false && !isDeleted && { first_published_at: null }),
    ...(isDeleted && { live: false, active: false }),
    ...fields,
  });
}
