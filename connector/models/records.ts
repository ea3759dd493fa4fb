// What the mapping reads of Gem's records, and in which form; everything else may be missing or be anything.
import {
  deletion,
  flag,
  identifier,
  integer,
  list,
  moment,
  object,
  objectOr,
  ownFields,
  text,
  word,
} from './forms.ts';

/** What every record has to have: without an id of its own it cannot be used. */
const needed = ['id'] as const;
const frame = { id: identifier, deleted_at: deletion };

/** What is named by its id; without one it names nothing. */
const reference = object({ id: identifier }, needed);

/** A live client met sources that were plain texts (gem-ats-api §3.2): their names. */
const source = objectOr(object({ id: identifier, public_name: text }), 'public_name');

/** All of a day has a date in place of a moment (gem-ats-api §3.7). */
const time = objectOr(object({ date_time: moment, date: moment }), 'date_time');

const place = object({ name: text, location: objectOr(object({ name: text }), 'name') });

/** How the records of each list are read. A record that has no use is undefined. */
export const readers = {
  listUsers: object(
    {
      ...frame,
      first_name: text,
      last_name: text,
      primary_email_address: text,
      disabled: flag,
      updated_at: moment,
    },
    needed,
  ),
  listJobs: object(
    {
      ...frame,
      name: text,
      requisition_id: text,
      confidential: flag,
      status: word,
      location_type: word,
      departments: list(object({ name: text })),
      offices: list(place),
      hiring_team: object({
        hiring_managers: list(reference),
        recruiters: list(reference),
        coordinators: list(reference),
        sourcers: list(reference),
      }),
      custom_fields: ownFields,
      opened_at: moment,
      closed_at: moment,
      created_at: moment,
      updated_at: moment,
    },
    needed,
  ),
  listJobStages: object(
    {
      ...frame,
      name: text,
      job_id: identifier,
      priority: integer,
      interviews: list(object({ job_stage_interview_item_id: identifier })),
      updated_at: moment,
    },
    needed,
  ),
  listJobPosts: object(
    {
      ...frame,
      title: text,
      content: text,
      job_id: identifier,
      live: flag,
      active: flag,
      external: flag,
      internal: flag,
      listed: flag,
      first_published_at: moment,
      created_at: moment,
      updated_at: moment,
    },
    needed,
  ),
  listCandidates: object(
    {
      ...frame,
      first_name: text,
      last_name: text,
      company: text,
      title: text,
      is_private: flag,
      phone_numbers: list(object({ value: text, type: word }, ['value'])),
      email_addresses: list(object({ value: text, type: word }, ['value'])),
      social_media_addresses: list(object({ value: text }, ['value'])),
      applications: list(object({ id: identifier, applied_at: moment, source })),
      created_at: moment,
      updated_at: moment,
    },
    needed,
  ),
  listApplications: object(
    {
      ...frame,
      candidate_id: identifier,
      jobs: list(reference),
      current_stage: reference,
      status: word,
      source,
      rejection_reason: objectOr(object({ name: text }), 'name'),
      rejected_at: moment,
      applied_at: moment,
      last_activity_at: moment,
      custom_fields: ownFields,
    },
    needed,
  ),
  listScheduledInterviews: object(
    {
      ...frame,
      application_id: identifier,
      interview: objectOr(object({ name: text }), 'name'),
      start: time,
      end: time,
      video_conferencing_url: text,
      status: word,
      interviewers: list(object({ id: identifier, response_status: word })),
      job_stage_interview_item_id: identifier,
      created_at: moment,
      updated_at: moment,
    },
    needed,
  ),
};

/** A record of each list as the mapping sees it. */
export type ReadRecords = {
  [Listing in keyof typeof readers]: NonNullable<ReturnType<(typeof readers)[Listing]>>;
};

/** A record of any list as the mapping sees it. */
export type ReadRecord = ReadRecords[keyof ReadRecords];

/** When a record last changed, by its own word. */
export function changeOf(record: ReadRecord): string | undefined {
  return 'last_activity_at' in record ? record.last_activity_at : record.updated_at;
}
