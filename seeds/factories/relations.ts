// How a record without relations comes by believable ones.
import type { JobRecord, JobStageRecord, RecordTypes, ResourceName, UserRecord } from '../records.ts';

/** Gives the records that there are, deleted ones included. */
export type Find = <Other extends ResourceName>(name: Other) => readonly RecordTypes[Other][];

/** The records of a resource that were not deleted. */
export function living<Name extends ResourceName>(find: Find, name: Name): RecordTypes[Name][] {
  return find(name).filter(({ deleted_at }) => deleted_at === null);
}

/**
 * The record that a field names.
 *
 * @param owner who needs it, for the message: `an application`
 * @throws Error when no id is given or nothing has it
 */
export function named<Name extends ResourceName>(
  find: Find,
  name: Name,
  id: string | null | undefined,
  owner: string,
): RecordTypes[Name] {
  const what = singular(name);
  const article = /^[aeiou]/.test(what) ? 'an' : 'a';
  if (id === undefined || id === null) throw new Error(`${owner} needs ${article} ${what}; name one`);
  const record = find(name).find((candidate) => candidate.id === id);
  if (!record) throw new Error(`${owner} needs ${article} ${what}; none has the id "${id}"`);
  return record;
}

/** The job that a record belongs to: the one it names, or else the first that is open. @throws Error */
export function jobFor(find: Find, id: string | undefined, owner: string): JobRecord {
  if (id !== undefined) return named(find, 'jobs', id, owner);
  const open = openJob(find);
  if (!open) throw new Error(`${owner} needs an open job, and there is none; make one first`);
  return open;
}

/** The first job that takes applications. */
export function openJob(find: Find): JobRecord | undefined {
  return living(find, 'jobs').find(({ status, is_template }) => status === 'open' && !is_template);
}

/** The stages of a job that applications go through, in order. */
export function stagesOf(find: Find, jobId: string): JobStageRecord[] {
  return living(find, 'job_stages')
    .filter(({ job_id, active }) => job_id === jobId && active)
    .toSorted((left, right) => left.priority - right.priority);
}

/** The people who work at the company today. */
export function staff(find: Find): UserRecord[] {
  return living(find, 'users').filter(({ disabled }) => !disabled);
}

/** What one record of a resource is called: `job stage` for `job_stages`. */
export function singular(name: ResourceName): string {
  return name.slice(0, -1).replaceAll('_', ' ');
}
