import type { RecordTypes } from '../../../seeds/index.ts';
import { equals, filters } from '../../http/filters.ts';
import { requireKnownStatus } from '../../http/known-status.ts';
import { listPage } from '../../http/pages.ts';
import type { World } from '../../world/world.ts';
import type { GemHandler } from '../handler.ts';
import { living } from '../references.ts';
import { keyedCustomFields } from '../keyed-custom-fields.ts';
import { itemOf, type Resource } from '../resource.ts';

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
  return filters<RecordTypes['openings']>(equals(status, (opening) => opening.status, 'status'));
}

export const getOpening: GemHandler<'getOpening'> = ({ path, query }, world) =>
  itemOf(world, openings, path.opening_id, query);
