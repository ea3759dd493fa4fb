import { makeRecord } from '../../../seeds/factories/index.ts';
import { makePipeline } from '../../../seeds/factories/jobs.ts';
import type { Kit } from '../../../seeds/factories/kit.ts';
import { jobFor, staff, type Find } from '../../../seeds/factories/relations.ts';
import { recordSchema } from '../../../seeds/record-schemas.ts';
import type { RecordTypes, ResourceName } from '../../../seeds/index.ts';
import { kitFor, refusal, type Editing, type Verb } from '../editing.ts';
import { existing } from '../existing.ts';
import { reasonAgainstPublishing } from '../forbidden.ts';
import { putRecord } from '../put-record.ts';
import { readFields } from '../written-fields.ts';

/** Makes a record; what is left out is made up believably. A job comes with the stages that are usual. */
export const create: Verb<'create'> = (editing, { resource, as, set = {} }) => {
  if (as !== undefined) requireFreeLabel(editing, as);
  const { id } = createRecord(editing, resource, set);
  if (as !== undefined) editing.world.labels[as] = { resource, id };
  return { resource, id };
};

function createRecord<Name extends ResourceName>(
  editing: Editing,
  resource: Name,
  set: Readonly<Record<string, unknown>>,
): RecordTypes[Name] {
  const { world, now } = editing;
  const written = readFields(editing, resource, set);
  if (written.id !== undefined && world.store.get(resource, written.id)) {
    throw refusal(
      editing,
      ['set', 'id'],
      `"${written.id}" is taken; leave the id out, or change that record`,
    );
  }
  if (written.deleted_at) {
    throw refusal(
      editing,
      ['set', 'deleted_at'],
      'nothing is made deleted; delete it with an edit of its own',
    );
  }
  const kit = kitFor(editing);
  const find = existing(world.store, written);
  const record = attempt(editing, () =>
    makeRecord(
      kit,
      resource,
      { ...timesOf(resource, now), ...unpublished(resource, written, find), ...written },
      find,
    ),
  );
  putRecord(editing, resource, undefined, record, written);
  if (resource === 'jobs') makeStages(editing, kit, record.id);
  return record;
}

/** What is made now has no past, whatever a factory would make up. */
function timesOf<Name extends ResourceName>(resource: Name, now: string): Partial<RecordTypes[Name]> {
  const { properties = {} } = recordSchema(resource);
  const times = ['created_at', 'updated_at', 'last_activity', 'last_activity_at'];
  const own = times.filter((time) => time in properties).map((time) => [time, now]);
  const handedIn = resource === 'scorecards' ? { submitted_at: now } : {};
  // The names were taken from the resource's own schema.
  return { ...Object.fromEntries(own), ...handedIn } as Partial<RecordTypes[Name]>;
}

/** A post starts unpublished where its job may have none published. */
function unpublished(resource: ResourceName, written: object, find: Find): object {
  if (resource !== 'job_posts') return {};
  const id: unknown = Reflect.get(written, 'job_id');
  const job = jobFor(find, typeof id === 'string' ? id : undefined, 'a job post');
  return reasonAgainstPublishing(job) === undefined ? {} : { live: false };
}

function makeStages({ world, now }: Editing, kit: Kit, jobId: string): void {
  const job = world.store.get('jobs', jobId);
  if (!job) return;
  const interviewers = staff(existing(world.store, {})).slice(0, 3);
  const ids = interviewers.map(({ id }) => id);
  for (const stage of makePipeline(kit, { ...job, created_at: now }, ids))
    world.store.put('job_stages', stage);
}

function requireFreeLabel(editing: Editing, label: string): void {
  const { labels } = editing.world;
  if (Object.hasOwn(labels, label)) {
    const { resource, id } = labels[label] ?? {};
    throw refusal(editing, ['as'], `"${label}" is the label of ${id} among ${resource}; choose another one`);
  }
  // As the name of a member it would change what all labels are.
  if (label === '__proto__') throw refusal(editing, ['as'], 'this label cannot be kept; choose another one');
}

/** Factories say in one line what a record needs. */
function attempt<Result>(editing: Editing, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof TypeError || !(error instanceof Error)) throw error;
    throw refusal(editing, ['set'], error.message);
  }
}
