// The records of a world, normalised: each fact stands once, relations are ids. What Gem sends (nested copies,
// derived fields) is made from these by the emulator. Their shapes stand in the control API's description.
import type { ControlSchemas } from '../contracts/control.ts';

/** What every record has. `deleted_at` marks a tombstone. */
export type BaseRecord = Pick<ControlSchemas['UserRecord'], 'id' | 'created_at' | 'deleted_at'>;

export type UserRecord = ControlSchemas['UserRecord'];
export type OfficeRecord = ControlSchemas['OfficeRecord'];
export type DepartmentRecord = ControlSchemas['DepartmentRecord'];
export type SourceRecord = ControlSchemas['SourceRecord'];
export type RejectionReasonRecord = ControlSchemas['RejectionReasonRecord'];
export type CloseReasonRecord = ControlSchemas['CloseReasonRecord'];
export type CustomFieldRecord = ControlSchemas['CustomFieldRecord'];
export type JobRecord = ControlSchemas['JobRecord'];
export type JobStageRecord = ControlSchemas['JobStageRecord'];
export type JobPostRecord = ControlSchemas['JobPostRecord'];
export type CandidateRecord = ControlSchemas['CandidateRecord'];
export type AttachmentRecord = ControlSchemas['AttachmentRecord'];
export type ApplicationRecord = ControlSchemas['ApplicationRecord'];
export type ScheduledInterviewRecord = ControlSchemas['ScheduledInterviewRecord'];
export type ScorecardRecord = ControlSchemas['ScorecardRecord'];
export type OfferRecord = ControlSchemas['OfferRecord'];
export type OpeningRecord = ControlSchemas['OpeningRecord'];
export type NoteRecord = ControlSchemas['NoteRecord'];
export type InterviewDefinitionRecord = ControlSchemas['InterviewDefinition'];

export type HiringTeamGroup = keyof JobRecord['hiring_team'];

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
