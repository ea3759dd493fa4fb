// The lists of Gem in which an account and its copy are held against each other, and the filters that are tried on each.
import type { GemSchemas } from '../../../contracts/gem.ts';
import type { Row } from '../../../mock-server/capture/steps.ts';

/** A list, and the filters that are tried on it: each takes its value from a record of it, in either account. */
export interface ComparedList {
  schema: keyof GemSchemas;
  filters: Readonly<Record<string, (row: Row) => unknown>>;
  /** Filters whose values other lists hold. */
  elsewhere?: Readonly<Record<string, { list: string; value: (row: Row) => unknown }>>;
  /** Of what there is such a list each: the parts of its path, and the list that has the ids for them. */
  each?: { parameter: string; list: string };
  /** Or the words that stand in its path. */
  words?: { parameter: string; words: readonly string[] };
}

const at = (path: string) => (row: Row) =>
  path
    .split('.')
    .reduce<unknown>(
      (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
      row,
    );
const always = () => true;
const created = { created_after: at('created_at'), created_before: at('created_at') };
const updated = { updated_after: at('updated_at'), updated_before: at('updated_at') };

/** Every list of Gem that an account has, by its operation. */
export const comparedLists: Readonly<Record<string, ComparedList>> = {
  listUsers: {
    schema: 'User',
    filters: { ...created, ...updated, email: at('primary_email_address'), employee_id: at('employee_id') },
  },
  listOffices: { schema: 'Office', filters: {} },
  listDepartments: { schema: 'Department', filters: {} },
  listSources: { schema: 'SourceItem', filters: {} },
  listRejectionReasons: { schema: 'RejectionReason', filters: {} },
  listCloseReasons: { schema: 'CloseReason', filters: {} },
  listJobs: {
    schema: 'Job',
    filters: {
      ...created,
      ...updated,
      requisition_id: at('requisition_id'),
      status: at('status'),
      department_id: at('departments.0.id'),
      office_id: at('offices.0.id'),
    },
    elsewhere: { opening_id: { list: 'listOpenings', value: at('opening_id') } },
  },
  listJobStages: { schema: 'JobStage', filters: { ...created, ...updated } },
  listJobPosts: {
    schema: 'JobPost',
    filters: { ...created, ...updated, live: at('live'), active: at('active'), internal: at('internal') },
  },
  listCandidates: {
    schema: 'Candidate',
    filters: {
      ...created,
      ...updated,
      job_id: at('applications.0.jobs.0.id'),
      email: at('email_addresses.0.value'),
      candidate_ids: at('id'),
    },
  },
  listApplications: {
    schema: 'Application',
    filters: {
      created_after: at('applied_at'),
      created_before: at('applied_at'),
      last_activity_after: at('last_activity_at'),
      job_id: at('jobs.0.id'),
      status: at('status'),
    },
  },
  listScheduledInterviews: {
    schema: 'ScheduledInterview',
    filters: {
      ...created,
      ...updated,
      starts_after: at('start.date_time'),
      starts_before: at('start.date_time'),
      ends_after: at('end.date_time'),
      ends_before: at('end.date_time'),
      actionable: always,
      external_event_id: at('external_event_id'),
    },
  },
  listScorecards: { schema: 'Scorecard', filters: { ...created, ...updated } },
  listOffers: {
    schema: 'Offer',
    filters: {
      ...created,
      ...updated,
      status: at('status'),
      sent_after: at('sent_at'),
      sent_before: at('sent_at'),
      starts_after: at('starts_at'),
      starts_before: at('starts_at'),
    },
  },
  listOpenings: { schema: 'Opening', filters: { status: at('status') } },
  listCrmCustomFields: {
    schema: 'CrmCustomField',
    filters: { ...created, name: at('name'), scope: at('scope'), is_hidden: at('is_hidden') },
  },
  listTeamUsers: { schema: 'TeamUser', filters: { email: at('email') } },
  listCrmCandidates: {
    schema: 'CrmCandidate',
    filters: {
      ...created,
      updated_after: at('last_updated_at'),
      created_by: at('created_by'),
      email: at('emails.0.email_address'),
      linked_in_handle: at('linked_in_handle'),
      candidate_ids: at('id'),
    },
  },
  listCustomFields: {
    schema: 'CustomField',
    filters: {},
    words: { parameter: 'field_type', words: ['application', 'candidate', 'job', 'offer', 'opening'] },
  },
  listStagesOfJob: {
    schema: 'JobStage',
    filters: { ...created, ...updated },
    each: { parameter: 'job_id', list: 'listJobs' },
  },
  listJobPostsOfJob: {
    schema: 'JobPost',
    filters: { ...created, ...updated, live: at('live'), active: at('active'), internal: at('internal') },
    each: { parameter: 'job_id', list: 'listJobs' },
  },
  listOpeningsOfJob: {
    schema: 'Opening',
    filters: { status: at('status') },
    each: { parameter: 'job_id', list: 'listJobs' },
  },
  listInterviewsOfApplication: {
    schema: 'ScheduledInterview',
    filters: { ...created, ...updated },
    each: { parameter: 'application_id', list: 'listApplications' },
  },
  listScorecardsOfApplication: {
    schema: 'Scorecard',
    filters: { ...created, ...updated },
    each: { parameter: 'application_id', list: 'listApplications' },
  },
  listOffersOfApplication: {
    schema: 'Offer',
    filters: { ...created, ...updated },
    each: { parameter: 'application_id', list: 'listApplications' },
  },
  listUploadedResumes: {
    schema: 'UploadedResume',
    filters: created,
    each: { parameter: 'candidate_id', list: 'listCandidates' },
  },
  listNotes: {
    schema: 'CrmNote',
    filters: { created_after: at('timestamp'), created_before: at('timestamp') },
    each: { parameter: 'candidate_id', list: 'listCandidates' },
  },
};
