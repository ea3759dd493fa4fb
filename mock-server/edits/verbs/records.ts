import { makeRecord } from '../../../seeds/factories/index.ts';
import { makePipeline } from '../../../seeds/factories/jobs.ts';
import type { Kit } from '../../../seeds/factories/kit.ts';
import { type Find, jobFor, singular, staff } from '../../../seeds/factories/relations.ts';
import type { RecordTypes, ResourceName } from '../../../seeds/index.ts';
import { recordSchema } from '../../../seeds/records.ts';
import { deleteRecord } from '../../records/delete-record.ts';
import type { Store } from '../../store/store.ts';
import { type Editing, kitFor, refusal, type Verb } from '../editing.ts';
import { livingNamed, recordNamed } from '../named-records.ts';
import { putRecord } from '../put-record.ts';
import { readFields, isDefaultSource, reasonAgainstPublishing, sittersIn } from '../record-rules.ts';

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

/** A new record has no past: its times are now, not those that a factory would make up. */
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

/** Changes some fields of a record. A deleted one is brought back by changing `deleted_at` to null, alone. */
export const change: Verb<'change'> = (editing, { resource, record, set }) => ({
  resource,
  id: changeRecord(editing, resource, record, set),
});

function changeRecord<Name extends ResourceName>(
  editing: Editing,
  resource: Name,
  name: string,
  set: Readonly<Record<string, unknown>>,
): string {
  const before = recordNamed(editing, resource, name, ['record']);
  const written = readFields(editing, resource, set, before);
  if (written.id !== undefined && written.id !== before.id) {
    throw refusal(editing, ['set', 'id'], 'an id never changes; make another record with that id');
  }
  if (written.deleted_at !== undefined && written.deleted_at !== null) {
    throw refusal(
      editing,
      ['set', 'deleted_at'],
      'use the edit delete, which takes along what falls with it',
    );
  }
  if (before.deleted_at !== null && written.deleted_at === undefined) {
    throw refusal(
      editing,
      ['record'],
      `the ${singular(resource)} "${name}" was deleted at ${before.deleted_at}; bring it back first by changing deleted_at to null`,
    );
  }
  putRecord(editing, resource, before, { ...before, ...written }, written);
  return before.id;
}

/** Deletes a record with what falls with it; all stay as tombstones. */
export const remove: Verb<'delete'> = (editing, { resource, record: name }) => {
  const { world, now } = editing;
  const { id } = livingNamed(editing, resource, name, ['record']);
  const source = resource === 'sources' ? world.store.get(resource, id) : undefined;
  if (source && isDefaultSource(source)) {
    const message = `"${source.public_name}" is one of Gem's own sources, which cannot be removed; delete another one`;
    throw refusal(editing, ['record'], message);
  }
  // A stage can be deleted only when no application sits in it (gem-ats-api §9).
  const sitting = resource === 'job_stages' ? sittersIn(world.store, id) : 0;
  if (sitting > 0) {
    const them = sitting === 1 ? 'the application that sits' : `the ${sitting} applications that sit`;
    throw refusal(editing, ['record'], `move ${them} in the stage to another one first`);
  }
  forgetScorecard(editing, resource, id);
  deleteRecord(world, resource, id, now);
  return { resource, id };
};

/** An interviewer whose scorecard was deleted has not handed one in. */
function forgetScorecard({ world, now }: Editing, resource: ResourceName, id: string): void {
  const card = resource === 'scorecards' ? world.store.get('scorecards', id) : undefined;
  const interview = card && world.store.get('scheduled_interviews', card.interview_id);
  if (!interview) return;
  const interviewers = interview.interviewers.map((one) =>
    one.scorecard_id === id ? { ...one, scorecard_id: null } : one,
  );
  world.store.put('scheduled_interviews', { ...interview, interviewers, updated_at: now });
}

/**
 * The records that a new one may refer to, for a factory. Of the collections that grow without end only those are
 * given that the new record names, so that making one takes as long in a world of any size.
 */
function existing(store: Store, fields: object): Find {
  const own = (field: string): string => {
    const id: unknown = Reflect.get(fields, field);
    return typeof id === 'string' ? id : '';
  };
  const one = <Name extends ResourceName>(name: Name, field: string): RecordTypes[Name][] => {
    const record = store.get(name, own(field));
    return record ? [record] : [];
  };
  const narrow: { [Name in ResourceName]?: () => RecordTypes[Name][] } = {
    candidates: () => one('candidates', 'candidate_id'),
    applications: () => one('applications', 'application_id'),
    scheduled_interviews: () => [
      ...store.collection('scheduled_interviews').by('application_id', own('application_id')),
      ...one('scheduled_interviews', 'interview_id'),
    ],
    attachments: () => [],
    scorecards: () => [],
    offers: () => [],
    notes: () => [],
  };
  return (name) => narrow[name]?.() ?? [...store.collection(name).entries()].map(({ record }) => record);
}
