import { suggest } from '../fields.ts';
import { recordSchema, resourceNames, type JobRecord, type ResourceName, type Records } from '../records.ts';
import { makeRecord } from '../factories/index.ts';
import { makePipeline } from '../factories/jobs.ts';
import type { Kit } from '../factories/kit.ts';
import { staff, type Find } from '../factories/relations.ts';
import type { IdentifierKind, Identifiers } from '../identifiers.ts';
import type { ParameterValue } from '../parameters.ts';
import { noRecords, settleActivity } from '../scenario.ts';
import { expand } from './expand.ts';
import { prepareFields, type Reading } from './prepare-fields.ts';
import type { Path } from './source.ts';
import type { Fields, Structure } from './structure.ts';

/** A record that a file asks for, before it is made; its label stands for its id already. */
export interface Planned {
  resource: ResourceName;
  id: string;
  label: string | undefined;
  path: Path;
  fields: Fields;
}

/**
 * Gives every record of a file its id, so that records may refer to each other whatever their order. Records are made in
 * the order of the resources, and each takes the next id of its kind, so all ids are known before.
 */
export function planRecords(
  { problems, directory }: Reading,
  identifiers: Identifiers,
  records: Structure['records'],
  values: Readonly<Record<string, ParameterValue>>,
): Planned[] {
  const ahead = identifiers.fork();
  return resourceNames.flatMap((resource) =>
    records
      .filter((entry) => entry.resource === resource)
      .flatMap(({ path, fields }) =>
        expand(problems, path, fields, values).map((instance) => {
          const next = ahead.next(identifierKind(resource));
          const id = typeof instance.fields['id'] === 'string' ? instance.fields['id'] : next;
          const { label } = instance;
          if (!directory.add(resource, id, label)) {
            const isLabel = label !== undefined && directory.find(label) !== undefined;
            const what = isLabel ? `the label "${label}"` : `the id "${id}"`;
            problems.report([...path, isLabel ? 'as' : 'id'], `${what} is taken`);
          }
          return { resource, id, label, path, fields: instance.fields };
        }),
      ),
  );
}

/** What made a record, kept for what follows from it. */
export interface Made {
  resource: ResourceName;
  id: string;
  /** The fields that were told, not made up. */
  told: Fields;
}

/** Makes the planned records and puts them into the reading's records. Jobs get their pipelines. */
export function makeRecords(
  reading: Reading,
  planned: readonly Planned[],
  kitFor: (key: string) => Kit,
): Made[] {
  const { problems, records } = reading;
  const find: Find = (name) => records[name];
  const jobs: { job: JobRecord; stages: readonly string[] | undefined; key: string }[] = [];
  const made: Made[] = [];

  function make<Name extends ResourceName>(name: Name, { label, path, fields, id }: Planned): void {
    const key = keyOf(name, label ?? records[name].length);
    const kit = kitFor(key);
    const { stages, ...written } = name === 'jobs' ? fields : { ...fields, stages: undefined };
    if (reportOwnWords(reading, name, path, fields)) return;
    const told = prepareFields(reading, kit, name, path, name === 'jobs' ? written : fields);
    const names = readStageNames(reading, path, stages);
    if (!told) return;
    try {
      const record = makeRecord(kit, name, told, find);
      if (record.id !== id && problems.count === 0)
        throw new Error(`${name} got the id ${record.id}, not ${id}`);
      records[name].push(record);
      if (name === 'jobs') jobs.push({ job: record as JobRecord, stages: names, key });
      made.push({ resource: name, id: record.id, told: told as Fields });
    } catch (error) {
      problems.report(path, error instanceof Error ? error.message : String(error));
    }
  }

  for (const name of resourceNames) {
    for (const plan of planned.filter(({ resource }) => resource === name)) make(name, plan);
    if (name !== 'job_stages') continue;
    const interviewers = staff(find)
      .slice(0, 3)
      .map(({ id }) => id);
    for (const { job, stages, key } of jobs) {
      if (stages === undefined && records.job_stages.some(({ job_id }) => job_id === job.id)) continue;
      records.job_stages.push(...makePipeline(kitFor(keyOfStages(key)), job, interviewers, stages));
    }
  }
  return made;
}

/** By what chance a record is made up. @param label its label, or how many of its resource there were before */
export function keyOf(resource: ResourceName, label: string | number): string {
  return `${resource} ${label}`;
}

/** The same for the stages of a job. */
export function keyOfStages(keyOfJob: string): string {
  return `stages of ${keyOfJob}`;
}

/**
 * Reports what is meant to be a word of the file's own, and no field: `cuont`.
 *
 * @returns whether there was any
 */
function reportOwnWords({ problems }: Reading, name: ResourceName, path: Path, fields: Fields): boolean {
  const properties = Object.keys(recordSchema(name).properties ?? {});
  const own = ['as', 'count', ...(name === 'jobs' ? ['stages'] : [])];
  const meant = Object.keys(fields).flatMap((key) => {
    if (properties.includes(key) || own.includes(key) || problems.isFull) return [];
    const { suggestion } = suggest(key, [...properties, ...own]);
    return suggestion !== undefined && own.includes(suggestion) ? [{ key, suggestion }] : [];
  });
  for (const { key, suggestion } of meant)
    problems.report([...path, key], `unknown field "${key}" of ${name}`, { suggestion, isKey: true });
  return meant.length > 0;
}

function readStageNames({ problems }: Reading, path: Path, stages: unknown): string[] | undefined {
  if (stages === undefined) return undefined;
  if (Array.isArray(stages) && stages.every((name) => typeof name === 'string')) return stages;
  problems.report([...path, 'stages'], 'stages has to be a list of names');
  return undefined;
}

function identifierKind(resource: ResourceName): IdentifierKind {
  if (resource === 'scheduled_interviews') return 'interview';
  // `job_posts` have the kind `job_post`, and so on; the suite makes one of each.
  return resource.slice(0, -1) as IdentifierKind;
}

/**
 * Makes follow what in Gem follows from new or changed records: scorecards stand with their interviewers, people and users
 * know of each other, and activity moves the times of applications and people. Times that the file tells stay.
 */
export function followUp(records: Records, made: readonly Made[]): void {
  const touched = noRecords();
  const known = new Map<ResourceName, Map<string, object>>();
  const recordOf = (resource: ResourceName, id: string): object | undefined => {
    const byId = known.get(resource) ?? new Map(records[resource].map((record) => [record.id, record]));
    known.set(resource, byId);
    return byId.get(id);
  };
  for (const { resource, id } of made) {
    const record = recordOf(resource, id);
    // The list and the record are of one resource.
    if (record) (touched[resource] as unknown[]).push(record);
  }
  linkScorecards(records, touched);
  linkColleagues(records, touched);
  const told = touchedTimes(recordOf, made);
  addOwners(records, touched);
  settleActivity(touched);
  for (const restore of told) restore();
}

function linkScorecards(records: Records, touched: Records): void {
  const interviews = new Map(records.scheduled_interviews.map((interview) => [interview.id, interview]));
  for (const scorecard of touched.scorecards) {
    if (scorecard.submitted_at === null || scorecard.deleted_at !== null) continue;
    const interviewer = interviews
      .get(scorecard.interview_id)
      ?.interviewers.find(({ user_id }) => user_id === scorecard.interviewer_id);
    if (interviewer) interviewer.scorecard_id ??= scorecard.id;
  }
}

function linkColleagues(records: Records, touched: Records): void {
  const users = new Map(records.users.map((user) => [user.id, user]));
  for (const { id, linked_user_ids } of touched.candidates) {
    for (const user of linked_user_ids) {
      const linked = users.get(user)?.linked_candidate_ids;
      if (linked && !linked.includes(id)) linked.push(id);
    }
  }
}

/** Adds the applications and people that the touched records belong to. */
function addOwners(records: Records, touched: Records): void {
  const applicationIds = new Set(touched.scheduled_interviews.map(({ application_id }) => application_id));
  for (const { id } of touched.applications) applicationIds.add(id);
  touched.applications = records.applications.filter(({ id }) => applicationIds.has(id));
  const people = new Set([...touched.applications, ...touched.notes].map(({ candidate_id }) => candidate_id));
  for (const { id } of touched.candidates) people.add(id);
  touched.candidates = records.candidates.filter(({ id }) => people.has(id));
}

/** Puts back, one function a record, the times that were told. */
function touchedTimes(
  recordOf: (resource: ResourceName, id: string) => object | undefined,
  made: readonly Made[],
): (() => void)[] {
  return made.flatMap(({ resource, id, told }) => {
    const times = Object.entries(told).filter(([field]) => settled.has(field));
    if (times.length === 0 || (resource !== 'candidates' && resource !== 'applications')) return [];
    const record = recordOf(resource, id);
    return record ? [() => void Object.assign(record, Object.fromEntries(times))] : [];
  });
}

const settled = new Set(['updated_at', 'last_activity', 'last_activity_at']);
