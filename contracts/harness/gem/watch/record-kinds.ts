// What kind of record an id is of. An id alone does not say it: a job may have the number that a candidate has (gem-ats-api §1.7).
import type { ControlSchemas } from '../../../control.ts';

/** A kind of record that a world holds. */
export type RecordKind = keyof ControlSchemas['Snapshot']['records'];

/**
 * Which kind of record a field or a part of a path names.
 *
 * @returns undefined where it names none that a world holds by its id, such as an id that the caller made up
 */
export function referenceTo(operation: string, name: string, isInBody: boolean): RecordKind | undefined {
  const own = isInBody ? inBodies[`${operation}.${name}`] : undefined;
  return own ?? (isInBody && ownIds.has(`${operation}.${name}`) ? undefined : byName[name]);
}

/** The same as a word, also where a world holds no such thing: then it is told by what it is called. */
export function askedKind(operation: string, name: string, isInBody: boolean): string {
  return referenceTo(operation, name, isInBody) ?? ownIds.get(`${operation}.${name}`) ?? single(name);
}

/**
 * Which kind of thing an id in an answer names.
 *
 * @param path the names and indexes that lead to it
 * @param pointer where the description has it; empty where it does not
 */
export function answeredKind(path: readonly string[], pointer: string): string {
  const names = path.filter((key) => !/^\d+$/.test(key)).map((name) => single(name));
  const [name = '', around = ''] = names.toReversed();
  const schema = /^\/components\/schemas\/(\w+)\//.exec(pointer)?.[1] ?? '';
  const owner = bySchema[schema] ?? (schema === 'NamedReference' ? (byReference[around] ?? around) : schema);
  if (/^(parent_|child_)?id$/.test(name)) return owner;
  return inAnswers[`${schema}.${name}`] ?? byName[name] ?? name;
}

/** `linked_user_ids` is of users. */
function single(name: string): string {
  return name.replace(/s$/, '').replace(/^linked_/, '');
}

const byName: Readonly<Record<string, RecordKind>> = {
  candidate_id: 'candidates',
  application_id: 'applications',
  job_id: 'jobs',
  internal_job_id: 'jobs',
  new_job_id: 'jobs',
  job_stage_id: 'job_stages',
  initial_stage_id: 'job_stages',
  new_stage_id: 'job_stages',
  from_stage_id: 'job_stages',
  to_stage_id: 'job_stages',
  user_id: 'users',
  recruiter_id: 'users',
  coordinator_id: 'users',
  on_behalf_of_user_id: 'users',
  office_id: 'offices',
  department_id: 'departments',
  source_id: 'sources',
  rejection_reason_id: 'rejection_reasons',
  close_reason_id: 'close_reasons',
  custom_field_id: 'custom_fields',
  opening_id: 'openings',
  interview_id: 'scheduled_interviews',
  scorecard_id: 'scorecards',
  offer_id: 'offers',
  note_id: 'notes',
  attachment_id: 'attachments',
  job_post_id: 'job_posts',
};

/** Names that mean something else in the body of one operation. */
const inBodies: Readonly<Record<string, RecordKind>> = { 'deleteOpenings.ids': 'openings' };

/** What is called like a record, and is a text that the caller chose, or a part of a job's plan. */
const ownIds: ReadonlyMap<string, string> = new Map([
  ['createOpenings.opening_id', 'seat'],
  ['updateOpening.opening_id', 'seat'],
  ['createScheduledInterview.interview_id', 'InterviewDefinition'],
]);

/** Names that mean something else in one answer. */
const inAnswers: Readonly<Record<string, string>> = {
  'CrmCustomFieldValue.value_option_id': 'CrmCustomFieldOption',
  'Opening.opening_id': 'seat',
  'DeletedOpenings.deleted_id': 'openings',
  'DeletedOpenings.failed_id': 'openings',
};

/** Whose `id` it is, by what the description calls the object. */
const bySchema: Readonly<Record<string, RecordKind>> = {
  Application: 'applications',
  AssignedUser: 'users',
  BoardDepartment: 'departments',
  BoardJobPost: 'job_posts',
  BoardOffice: 'offices',
  Candidate: 'candidates',
  CloseReason: 'close_reasons',
  CrmCandidate: 'candidates',
  CrmCustomField: 'custom_fields',
  CrmCustomFieldValue: 'custom_fields',
  CrmNote: 'notes',
  CustomField: 'custom_fields',
  Department: 'departments',
  Interviewer: 'users',
  Job: 'jobs',
  JobPost: 'job_posts',
  JobStage: 'job_stages',
  Note: 'notes',
  Offer: 'offers',
  Office: 'offices',
  Opening: 'openings',
  RejectionReason: 'rejection_reasons',
  ScheduledInterview: 'scheduled_interviews',
  Scorecard: 'scorecards',
  Source: 'sources',
  SourceItem: 'sources',
  TeamUser: 'users',
  User: 'users',
  UserLite: 'users',
};

/** Whose `id` it is where only a name stands beside it, by what the field around both is called. */
const byReference: Readonly<Record<string, string>> = {
  current_stage: 'job_stages',
  interview: 'InterviewDefinition',
  job: 'jobs',
};
