// Who and what there is in a scenario, as tables for people.
import { singular } from '../../../seeds/factories/relations.ts';
import type { RecordTypes, Records, ResourceName, WorldSeed } from '../../../seeds/index.ts';

/** A table of one resource. */
export interface Table {
  title: string;
  /** Cells of each record; the first is its label, the last its id. */
  rows: string[][];
  /** How many records are not shown. */
  left: number;
}

/**
 * The records that people ask for, resource by resource, those with labels first.
 *
 * @param most how many of each are shown
 */
export function recordTables(
  { records, labels }: Pick<WorldSeed, 'records' | 'labels'>,
  most: number,
): Table[] {
  const names = new Map(Object.entries(labels).map(([label, { id }]) => [id, label]));
  const look: Look = {
    name: (resource, id) => {
      if (id === null || id === undefined) return '';
      const record = records[resource].find((one) => one.id === id);
      return record ? titleOf(resource, record) : id;
    },
    records,
  };
  const rowOf = <Name extends ResourceName>(resource: Name, record: RecordTypes[Name]): string[] => [
    names.get(record.id) ?? '',
    ...(shown[resource]?.(record, look) ?? []),
    record.deleted_at === null ? '' : `deleted ${day(record.deleted_at)}`,
    record.id,
  ];
  const isNamed = ({ id }: { id: string }) => names.has(id);
  return shownResources.flatMap((resource) => {
    const all: readonly RecordTypes[typeof resource][] = records[resource];
    const chosen = [...all.filter(isNamed), ...all.filter((record) => !isNamed(record))].slice(0, most);
    if (chosen.length === 0) return [];
    const rows = chosen.map((record) => rowOf(resource, record));
    return [
      { title: titleCase(resource), rows: withoutEmptyColumns(rows), left: all.length - chosen.length },
    ];
  });
}

/** The resources that have a table of their own. */
export const shownResources = [
  'users',
  'offices',
  'departments',
  'jobs',
  'job_posts',
  'candidates',
  'applications',
  'scheduled_interviews',
  'scorecards',
  'offers',
  'openings',
  'notes',
  'attachments',
] as const satisfies readonly ResourceName[];

interface Look {
  /** What people call the record that an id names. */
  name: (resource: ResourceName, id: string | null | undefined) => string;
  records: Records;
}

const shown: { [Name in ResourceName]?: (record: RecordTypes[Name], look: Look) => string[] } = {
  users: ({ first_name, last_name, primary_email_address: address, site_admin, disabled }) => [
    person(first_name, last_name),
    address,
    [...(site_admin ? ['admin'] : []), ...(disabled ? ['disabled'] : [])].join(', '),
  ],
  offices: ({ name, location_name, parent_id }, { name: called }) => [
    name,
    location_name ?? '',
    parent_id === null ? '' : `in ${called('offices', parent_id)}`,
  ],
  departments: ({ name, parent_id }, { name: called }) => [
    name,
    parent_id === null ? '' : `in ${called('departments', parent_id)}`,
  ],
  jobs: ({ name, status, confidential, department_ids, office_ids }, { name: called }) => [
    name,
    confidential ? `${status}, confidential` : status,
    department_ids.map((id) => called('departments', id)).join(', '),
    office_ids.map((id) => called('offices', id)).join(', '),
  ],
  job_posts: ({ title, job_id, live, external }, { name: called }) => [
    title,
    `of ${called('jobs', job_id)}`,
    `${live ? 'live' : 'not live'}, ${external ? 'public' : 'internal'}`,
  ],
  candidates: ({ first_name, last_name, email_addresses, is_private, created_at }) => [
    person(first_name, last_name),
    email_addresses.map(({ value }) => value).join(', '),
    is_private ? 'private' : '',
    `since ${day(created_at)}`,
  ],
  applications: (application, { name: called }) => [
    called('candidates', application.candidate_id),
    `for ${called('jobs', application.job_id)}`,
    application.status,
    called('job_stages', application.current_stage_id),
    application.source_id === null ? 'no source' : `by ${called('sources', application.source_id)}`,
    `since ${day(application.created_at)}`,
  ],
  scheduled_interviews: (interview, look) => [
    applicant(interview.application_id, look),
    `${interview.start.slice(0, 16).replace('T', ' ')} to ${interview.end.slice(11, 16)}`,
    interview.status,
  ],
  scorecards: (scorecard, look) => [
    applicant(scorecard.application_id, look),
    scorecard.overall_recommendation ?? '',
    scorecard.submitted_at === null ? 'not submitted' : `submitted ${day(scorecard.submitted_at)}`,
  ],
  offers: (offer, look) => [
    applicant(offer.application_id, look),
    offer.status,
    offer.starts_at === null ? '' : `starts ${offer.starts_at}`,
  ],
  openings: ({ job_id, status }, { name: called }) => [
    job_id === null ? 'of no job' : `of ${called('jobs', job_id)}`,
    status,
  ],
  notes: ({ candidate_id, body }, { name: called }) => [
    `about ${called('candidates', candidate_id)}`,
    short(body),
  ],
  attachments: ({ candidate_id, filename, type }, { name: called }) => [
    filename,
    type,
    `of ${called('candidates', candidate_id)}`,
  ],
};

function applicant(id: string, { name, records }: Look): string {
  const application = records.applications.find((one) => one.id === id);
  return application
    ? `${name('candidates', application.candidate_id)} for ${name('jobs', application.job_id)}`
    : id;
}

/** What people call a record. */
function titleOf(resource: ResourceName, record: RecordTypes[ResourceName]): string {
  const read = (field: string): unknown => Reflect.get(record, field);
  for (const field of ['name', 'public_name', 'title']) {
    const told = resource === 'candidates' || resource === 'users' ? undefined : read(field);
    if (typeof told === 'string') return told;
  }
  const first = read('first_name');
  const last = read('last_name');
  if (first !== undefined || last !== undefined) return person(first, last);
  return singular(resource);
}

function person(first: unknown, last: unknown): string {
  const names = [first, last].filter((name) => typeof name === 'string' && name !== '');
  return names.length === 0 ? '(no name)' : names.join(' ');
}

function day(instant: string): string {
  return instant.slice(0, 10);
}

function short(text: string): string {
  const [line = ''] = text.split('\n', 1);
  return line.length > 60 ? `${line.slice(0, 59).toWellFormed()}…` : line;
}

function titleCase(resource: ResourceName): string {
  const words = resource.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function withoutEmptyColumns(rows: string[][]): string[][] {
  const isFilled = (rows[0] ?? []).map((_cell, column) => rows.some((row) => row[column] !== ''));
  return rows.map((row) => row.filter((_cell, column) => isFilled[column]));
}
