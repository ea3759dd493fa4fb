// The records of a world, normalised: each fact stands once, relations are ids. What Gem sends (nested copies,
// derived fields) is made from these by the emulator.
import type { components } from '../contracts/generated/gem.ts';

type Schemas = components['schemas'];

/** What every record has. `deleted_at` marks a tombstone. */
export interface BaseRecord {
  id: string;
  created_at: string;
  deleted_at: string | null;
}

export interface UserRecord extends BaseRecord {
  first_name: string;
  last_name: string;
  employee_id: string | null;
  primary_email_address: string;
  emails: string[];
  disabled: boolean;
  site_admin: boolean;
  linked_candidate_ids: string[];
  office_ids: string[];
  department_ids: string[];
  updated_at: string;
}

export interface OfficeRecord extends BaseRecord {
  name: string;
  location_name: string;
  parent_id: string | null;
  parent_office_external_id: string | null;
  child_office_external_ids: string[];
}

export interface DepartmentRecord extends BaseRecord {
  name: string;
  parent_id: string | null;
  parent_department_external_id: string | null;
  child_department_external_ids: string[];
}

export interface SourceRecord extends BaseRecord {
  public_name: string;
  type: { id: string; name: string };
}

export interface RejectionReasonRecord extends BaseRecord {
  name: string;
  type: { id: string; name: string };
}

export interface CloseReasonRecord extends BaseRecord {
  name: string;
}

export interface CustomFieldRecord extends BaseRecord {
  field_type: Schemas['CustomFieldType'];
  /** What the values are found by. */
  name: string;
  value_type: Schemas['CustomField']['value_type'];
  active: boolean;
  private: boolean;
  required: boolean;
  options: { id: string; name: string }[];
}

export interface JobRecord extends BaseRecord {
  name: string;
  requisition_id: string | null;
  confidential: boolean;
  status: Schemas['Job']['status'];
  updated_at: string;
  opened_at: string | null;
  closed_at: string | null;
  is_template: boolean;
  department_ids: string[];
  office_ids: string[];
  hiring_team: Partial<Record<HiringTeamGroup, string[]>>;
  location_type: Schemas['Job']['location_type'];
  employment_type: Schemas['Job']['employment_type'];
  custom_fields: Record<string, unknown>;
}

export type HiringTeamGroup = 'hiring_managers' | 'recruiters' | 'coordinators' | 'sourcers';

export interface JobStageRecord extends BaseRecord {
  job_id: string;
  name: string;
  priority: number;
  active: boolean;
  updated_at: string;
  interviews: InterviewDefinitionRecord[];
}

export interface InterviewDefinitionRecord {
  id: string;
  item_id: string;
  name: string;
  schedulable: boolean;
  estimated_minutes: number;
  default_interviewer_ids: string[];
  kit: { id: string; content: string; questions: { id: string; question: string }[] };
  deleted_at: string | null;
}

export interface JobPostRecord extends BaseRecord {
  job_id: string;
  title: string;
  active: boolean;
  live: boolean;
  internal: boolean;
  external: boolean;
  listed: boolean;
  first_published_at: string | null;
  content: string;
  internal_content: string | null;
  updated_at: string;
}

export interface CandidateRecord extends BaseRecord {
  first_name: string;
  last_name: string;
  company: string | null;
  title: string | null;
  phone_numbers: Schemas['PhoneNumber'][];
  email_addresses: Schemas['EmailAddress'][];
  social_media_addresses: Schemas['SocialMediaAddress'][];
  tags: string[];
  educations: Schemas['Education'][];
  employments: Schemas['Employment'][];
  linked_user_ids: string[];
  is_private: boolean;
  updated_at: string;
  last_activity: string | null;
}

export interface AttachmentRecord extends BaseRecord {
  candidate_id: string;
  /** Who uploaded it; null for files that came with an application. */
  user_id: string | null;
  filename: string;
  type: Schemas['File']['type'];
  content_type: string;
  /** The file itself, in base64. */
  content: string;
}

export interface ApplicationRecord extends BaseRecord {
  candidate_id: string;
  job_id: string;
  job_post_id: string | null;
  source_id: string | null;
  credited_to: string | null;
  recruiter_id: string | null;
  coordinator_id: string | null;
  sourcer_id: string | null;
  status: Schemas['Application']['status'];
  current_stage_id: string | null;
  rejection_reason_id: string | null;
  rejected_at: string | null;
  last_activity_at: string;
  custom_fields: Record<string, unknown>;
}

export interface ScheduledInterviewRecord extends BaseRecord {
  application_id: string;
  interview: { id: string; name: string };
  job_stage_interview_item_id: string;
  external_event_id: string | null;
  start: string;
  end: string;
  location: string | null;
  video_conferencing_url: string | null;
  status: Schemas['ScheduledInterview']['status'];
  organizer_id: string | null;
  interviewers: {
    user_id: string;
    response_status: Schemas['Interviewer']['response_status'];
    scorecard_id: string | null;
  }[];
  updated_at: string;
}

export interface ScorecardRecord extends BaseRecord {
  application_id: string;
  interview_id: string;
  interview: string;
  interview_step: { id: string; name: string };
  interviewed_at: string;
  interviewer_id: string;
  submitted_by_id: string;
  submitted_at: string | null;
  overall_recommendation: string | null;
  overall_feedback: string | null;
  questions: Schemas['ScorecardQuestion'][];
  updated_at: string;
}

export interface OfferRecord extends BaseRecord {
  application_id: string;
  opening_id: string | null;
  status: Schemas['Offer']['status'];
  sent_at: string | null;
  starts_at: string | null;
  compensation: Schemas['Compensation'][];
  updated_at: string;
}

export interface OpeningRecord extends BaseRecord {
  /** Gem does not send it; an opening may have none (gem-ats-api §3.10). */
  job_id: string | null;
  opening_id: string | null;
  status: Schemas['Opening']['status'];
  opened_at: string | null;
  closed_at: string | null;
  application_id: string | null;
  /** Gem does not send it either. */
  close_reason_id: string | null;
  target_hire_date: string | null;
  target_start_date: string | null;
  custom_fields: Record<string, unknown>;
}

export interface NoteRecord extends BaseRecord {
  candidate_id: string;
  user_id: string;
  body: string;
  visibility: Schemas['Note']['visibility'];
}

/** The record type of each resource. */
export interface RecordTypes {
  users: UserRecord;
  offices: OfficeRecord;
  departments: DepartmentRecord;
  sources: SourceRecord;
  rejection_reasons: RejectionReasonRecord;
  close_reasons: CloseReasonRecord;
  custom_fields: CustomFieldRecord;
  jobs: JobRecord;
  job_stages: JobStageRecord;
  job_posts: JobPostRecord;
  candidates: CandidateRecord;
  attachments: AttachmentRecord;
  applications: ApplicationRecord;
  scheduled_interviews: ScheduledInterviewRecord;
  scorecards: ScorecardRecord;
  offers: OfferRecord;
  openings: OpeningRecord;
  notes: NoteRecord;
}

/** A Gem object type, by its collection's name. */
export type ResourceName = keyof RecordTypes;

/** Every resource, referenced ones before those that refer to them. */
export const resourceNames = [
  'users',
  'offices',
  'departments',
  'sources',
  'rejection_reasons',
  'close_reasons',
  'custom_fields',
  'jobs',
  'job_stages',
  'job_posts',
  'candidates',
  'attachments',
  'applications',
  'scheduled_interviews',
  'scorecards',
  'offers',
  'openings',
  'notes',
] as const satisfies readonly ResourceName[];

/** All records of a world. */
export type Records = { [Name in ResourceName]: RecordTypes[Name][] };

/** The company whose Gem account a world is. */
export interface Company {
  name: string;
  /** The name of its job board: `jobs.gem.com/{vanity}`. */
  vanity: string;
}
