// The records of a world, normalised: each fact stands once, relations are ids. What Gem sends (nested copies,
// derived fields) is made from these by the emulator. Their shapes stand in the control API's description.
import { type ControlSchemas, controlDescription } from '../contracts/control.ts';

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

/** A set of records, made list by list. */
export function recordsOf(listOf: <Name extends ResourceName>(name: Name) => RecordTypes[Name][]): Records {
  return {
    users: listOf('users'),
    offices: listOf('offices'),
    departments: listOf('departments'),
    sources: listOf('sources'),
    rejection_reasons: listOf('rejection_reasons'),
    close_reasons: listOf('close_reasons'),
    custom_fields: listOf('custom_fields'),
    jobs: listOf('jobs'),
    job_stages: listOf('job_stages'),
    job_posts: listOf('job_posts'),
    candidates: listOf('candidates'),
    attachments: listOf('attachments'),
    applications: listOf('applications'),
    scheduled_interviews: listOf('scheduled_interviews'),
    scorecards: listOf('scorecards'),
    offers: listOf('offers'),
    openings: listOf('openings'),
    notes: listOf('notes'),
  };
}

/** The company whose Gem account a world is. */
export interface Company {
  name: string;
  /** The name of its job board: `jobs.gem.com/{vanity}`. */
  vanity: string;
}

// Walks the schemas of records, so that code learns from the description which fields hold ids or times.

/** A JSON Schema, as far as the descriptions use it. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  description?: string;
  enum?: unknown[];
  minimum?: number;
  const?: unknown;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  oneOf?: Schema[];
  'x-resource'?: ResourceName;
  'x-refers-to'?: ResourceName;
}

// A description's document is any JSON; that its schemas are schemas was checked when it was generated.
const { schemas } = (controlDescription.document as { components: { schemas: Record<string, Schema> } })
  .components;

const schemaNames = new Map<ResourceName, string>();
for (const [name, schema] of Object.entries(schemas)) {
  if (schema['x-resource']) schemaNames.set(schema['x-resource'], name);
}

/** What the schema of a resource's records is called in the control API's description. */
export function recordSchemaName(name: ResourceName): string {
  const found = schemaNames.get(name);
  if (found === undefined) throw new Error(`no schema describes the records of ${name}`);
  return found;
}

/** A schema of the control API's description, by its name. */
export function namedSchema(name: string): Schema {
  const schema = schemas[name];
  if (!schema) throw new Error(`the control API describes no ${name}`);
  return schema;
}

/** The schema of a resource's records. */
export function recordSchema(name: ResourceName): Schema {
  return namedSchema(recordSchemaName(name));
}

/** The schema itself, or the one that it refers to. */
export function follow(schema: Schema): Schema {
  return schema.$ref === undefined ? schema : follow(namedSchema(schema.$ref.split('/').at(-1) ?? ''));
}

/** A member that an object has of itself, and not from the language. */
export function ownMember<Value>(object: Record<string, Value> | undefined, key: string): Value | undefined {
  return object && Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Whether a word is the name of a resource. */
export function isResourceName(word: string): word is ResourceName {
  return resourceNames.some((name) => name === word);
}

/**
 * A copy of a value in which every text may be another one. `change` is told the schema of each text (that of the list
 * for the texts of a list of ids) and where it stands. What does not fit its schema is left as it is.
 */
export function mapTexts(
  schema: Schema,
  value: unknown,
  change: (text: string, schema: Schema, path: (string | number)[]) => unknown,
  path: (string | number)[] = [],
): unknown {
  const here = follow(schema);
  if (typeof value === 'string') return change(value, here, path);
  if (Array.isArray(value)) {
    const target = here['x-refers-to'];
    const items: Schema = { ...here.items, ...(target && { 'x-refers-to': target }) };
    return value.map((item: unknown, index) => mapTexts(items, item, change, [...path, index]));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]: [string, unknown]) => {
      const known = ownMember(here.properties, key);
      return [key, known ? mapTexts(known, item, change, [...path, key]) : item];
    }),
  );
}
