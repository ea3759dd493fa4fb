// Jobs with their stages, posts and openings. `make…Of` completes a record of which only some fields are known.
import {
  type JobRecord,
  type JobPostRecord,
  type JobStageRecord,
  type InterviewDefinitionRecord,
  type OpeningRecord,
  ownMember,
} from '../records.ts';
import type { Kit } from './kit.ts';
import { jobFor, living, staff, stagesOf, type Find } from './relations.ts';

/** Makes a job: open and in-office unless the overrides say otherwise. */
export function makeJob(kit: Kit, overrides: Partial<JobRecord> & Pick<JobRecord, 'name'>): JobRecord {
  const created_at = overrides.created_at ?? kit.ago(kit.chance.number.int({ min: 60, max: 300 }), 137);
  return {
    id: kit.identifiers.next('job'),
    requisition_id: `R${kit.chance.string.numeric({ length: 4, allowLeadingZeros: false })}`,
    confidential: false,
    status: 'open',
    updated_at: created_at,
    opened_at: created_at,
    closed_at: null,
    is_template: false,
    department_ids: [],
    office_ids: [],
    hiring_team: {},
    location_type: 'in_office',
    employment_type: 'full_time',
    custom_fields: {},
    deleted_at: null,
    ...overrides,
    created_at,
  };
}

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

/** Makes the pipeline of a job: one stage for each name, in order, with an interview where one is usual. */
export function makePipeline(
  kit: Kit,
  job: JobRecord,
  interviewerIds: readonly string[],
  names: readonly string[] = pipeline,
): JobStageRecord[] {
  return names.map((name, priority) => ({
    id: kit.identifiers.next('job_stage'),
    job_id: job.id,
    name,
    priority,
    active: true,
    updated_at: job.created_at,
    created_at: job.created_at,
    deleted_at: null,
    interviews: (ownMember(interviewsOf, name) ?? []).map((interview) =>
      makeInterviewDefinition(kit, interview, interviewerIds),
    ),
  }));
}

function makeInterviewDefinition(
  kit: Kit,
  interview: { name: string; minutes: number; question: string },
  default_interviewer_ids: readonly string[],
): InterviewDefinitionRecord {
  return {
    id: kit.identifiers.next('interview_definition'),
    item_id: kit.identifiers.next('interview_item'),
    name: interview.name,
    schedulable: true,
    estimated_minutes: interview.minutes,
    default_interviewer_ids: [...default_interviewer_ids],
    kit: {
      id: kit.identifiers.next('interview_kit'),
      content: `<p>Guide for the ${interview.name.toLowerCase()}.</p>`,
      questions: [{ id: kit.identifiers.next('interview_kit_question'), question: interview.question }],
    },
    deleted_at: null,
  };
}

// The stage names that were seen in live accounts (gem-ats-api §9, §13).
const pipeline = [
  'Application Review',
  'Recruiter Screen',
  'HM Interview',
  'Technical Assessment',
  'Onsite',
  'Reference',
  'Offer',
];

const interviewsOf: Record<string, { name: string; minutes: number; question: string }[]> = {
  'Recruiter Screen': [{ name: 'Recruiter screen', minutes: 30, question: 'What are you looking for next?' }],
  'HM Interview': [
    {
      name: 'Hiring manager interview',
      minutes: 45,
      question: 'Tell us about a decision you would take back.',
    },
  ],
  'Technical Assessment': [
    { name: 'Technical assessment', minutes: 60, question: 'How would you test this?' },
  ],
  Onsite: [
    { name: 'Onsite: system design', minutes: 60, question: 'Where does it break first?' },
    { name: 'Onsite: culture interview', minutes: 45, question: 'When did you last change your mind?' },
  ],
};

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

/** Makes a job post: external, listed and live unless the overrides say otherwise. */
export function makeJobPost(kit: Kit, job: JobRecord, overrides: Partial<JobPostRecord> = {}): JobPostRecord {
  const created_at = overrides.created_at ?? job.created_at;
  const title = overrides.title ?? job.name.trim();
  return {
    id: kit.identifiers.next('job_post'),
    job_id: job.id,
    title,
    active: true,
    live: true,
    internal: false,
    external: true,
    listed: true,
    first_published_at: created_at,
    content: `<p>${title}: ${kit.chance.company.catchPhrase()}.</p><ul><li>${kit.chance.company.buzzPhrase()}</li></ul>`,
    internal_content: null,
    updated_at: created_at,
    deleted_at: null,
    ...overrides,
    created_at,
  };
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

/** Makes an opening, a seat to be filled: open, and of the job if there is one (gem-ats-api §3.10). */
export function makeOpening(
  kit: Kit,
  job: JobRecord | undefined,
  overrides: Partial<OpeningRecord> = {},
): OpeningRecord {
  const created_at = overrides.created_at ?? job?.opened_at ?? job?.created_at ?? kit.ago(60);
  return {
    id: kit.identifiers.next('opening'),
    job_id: job?.id ?? null,
    opening_id: `OPEN-${kit.chance.string.numeric({ length: 4, allowLeadingZeros: false })}`,
    status: 'open',
    opened_at: created_at,
    closed_at: overrides.status === 'closed' ? kit.ago(1) : null,
    application_id: null,
    close_reason_id: null,
    target_hire_date: kit.dateAgo(-30),
    target_start_date: kit.dateAgo(-60),
    custom_fields: {},
    deleted_at: null,
    ...overrides,
    created_at,
  };
}
