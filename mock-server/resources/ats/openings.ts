import type { RecordTypes } from '../../../seeds/index.ts';
import { Serialised } from '../../../contracts/server/serialised.ts';
import type { World } from '../../world/world.ts';
import { forbiddenByRule, invalidField, notFound } from '../../problems/problems.ts';
import { deleteRecord } from '../../records/delete-record.ts';
import { equals, filters, requireKnownStatus } from '../listing/filters.ts';
import { listPage } from '../listing/pages.ts';
import { itemOf, toWire, type GemHandler, type Resource } from '../resource.ts';
import { living, referenced } from '../references.ts';
import { keyedCustomFields } from './custom-fields.ts';

type OpeningRecord = RecordTypes['openings'];

/** Openings: the seats that hires fill (gem-ats-api §3.10). */
export const openings: Resource<'openings'> = {
  name: 'openings',
  label: 'Opening',
  present: ({ created_at: _created, job_id: _job, close_reason_id: _reason, ...opening }, presenting) => ({
    ...opening,
    ...keyedCustomFields(presenting, 'opening', opening.custom_fields),
  }),
};

export const listOpenings: GemHandler<'listOpenings'> = ({ query }, world) =>
  listPage(world, openings, query, inStatus(world, query.status));

export const listOpeningsOfJob: GemHandler<'listOpeningsOfJob'> = ({ path, query }, world) => {
  living(world, 'jobs', path.job_id);
  const ofJob = world.store.collection('openings').entriesBy('job_id', path.job_id);
  return listPage(world, openings, query, inStatus(world, query.status), ofJob);
};

function inStatus(world: World, status: string | undefined) {
  requireKnownStatus(world, status, ['closed', 'open']);
  return filters<OpeningRecord>(equals(status, (opening) => opening.status, 'status'));
}

export const getOpening: GemHandler<'getOpening'> = ({ path, query }, world) =>
  itemOf(world, openings, path.opening_id, query);

export const getOpeningOfJob: GemHandler<'getOpeningOfJob'> = ({ path }, world) =>
  itemOf(world, openings, openingOf(world, path).id);

/** Adds open seats to a job (gem-ats-api §2.1 #33, §3.10). */
export const createOpenings: GemHandler<'createOpenings'> = ({ path, body }, world) => {
  const job = living(world, 'jobs', path.job_id);
  referenced(world, 'users', body.user_id, 'user_id');
  const ofJob = world.store.collection('openings').by('job_id', job.id);
  if (ofJob.filter(isOpen).length + body.openings.length > maxOpen) {
    throw forbiddenByRule(`A job has at most ${maxOpen} open openings.`);
  }
  const now = world.now();
  const created = body.openings.map(({ opening_id, target_hire_date = null, target_start_date = null }) => {
    const id = world.nextId('opening');
    world.store.put('openings', {
      id,
      job_id: job.id,
      opening_id,
      status: 'open',
      opened_at: now,
      closed_at: null,
      application_id: null,
      close_reason_id: null,
      target_hire_date,
      target_start_date,
      custom_fields: {},
      created_at: now,
      deleted_at: null,
    });
    return id;
  });
  const answers = created.flatMap((id) => {
    const entry = world.store.collection('openings').entry(id);
    return entry ? [toWire(world, openings, entry)] : [];
  });
  return { status: 201, body: Serialised.array(answers) };
};

/** Changes a seat; `status` closes and reopens it. */
export const updateOpening: GemHandler<'updateOpening'> = ({ path, body }, world) => {
  const opening = openingOf(world, path);
  referenced(world, 'users', body.user_id, 'user_id');
  const { user_id: _user, status = opening.status, close_reason_id, ...changes } = body;
  if (close_reason_id !== undefined) {
    referenced(world, 'close_reasons', close_reason_id, 'close_reason_id');
    if (body.status !== 'closed') {
      throw invalidField(['close_reason_id'], 'A close reason goes with closing the opening.');
    }
  }
  if (status === 'open' && opening.application_id !== null) {
    throw forbiddenByRule('A hire has filled the opening.');
  }
  const closing = {
    closed_at: status === 'open' ? null : (opening.closed_at ?? world.now()),
    close_reason_id: status === 'open' ? null : (close_reason_id ?? opening.close_reason_id),
  };
  world.store.put('openings', { ...opening, ...changes, status, ...closing });
  return itemOf(world, openings, opening.id);
};

/** Deletes the closed seats among those that are named, as far as no hire fills them. */
export const deleteOpenings: GemHandler<'deleteOpenings'> = ({ path, body }, world) => {
  const job = living(world, 'jobs', path.job_id);
  referenced(world, 'users', body.user_id, 'user_id');
  const now = world.now();
  const deleted_ids: string[] = [];
  const failed_ids: string[] = [];
  for (const id of new Set(body.ids)) {
    const opening = world.store.get('openings', id);
    const isSpare = opening?.job_id === job.id && opening.deleted_at === null && !isTaken(world, opening);
    if (!isSpare) {
      failed_ids.push(id);
      continue;
    }
    deleteRecord(world, 'openings', id, now);
    deleted_ids.push(id);
  }
  return { status: 200, body: { deleted_ids, failed_ids, success: failed_ids.length === 0 } };
};

/** So many open seats a job has at most (Harvest). */
const maxOpen = 100;

function openingOf(world: World, path: { job_id: string; opening_id: string }): OpeningRecord {
  const job = living(world, 'jobs', path.job_id);
  const opening = living(world, 'openings', path.opening_id);
  if (opening.job_id !== job.id) throw notFound('Opening');
  return opening;
}

function isOpen({ status, deleted_at }: OpeningRecord): boolean {
  return status === 'open' && deleted_at === null;
}

function isTaken({ store }: World, opening: OpeningRecord): boolean {
  if (opening.status === 'open' || opening.application_id !== null) return true;
  return [...store.collection('offers').entries()].some(
    ({ record }) => record.opening_id === opening.id && record.deleted_at === null,
  );
}
