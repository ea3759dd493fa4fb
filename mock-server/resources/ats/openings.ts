import { listPage } from '../../http/pages.ts';
import type { GemHandler } from '../handler.ts';
import { living } from '../references.ts';
import { itemOf, type Resource } from '../resource.ts';

/** Openings: the seats that hires fill (gem-ats-api §3.10). */
export const openings: Resource<'openings'> = {
  name: 'openings',
  label: 'Opening',
  present: ({ created_at: _created, job_id: _job, close_reason_id: _reason, ...opening }) => opening,
};

export const listOpenings: GemHandler<'listOpenings'> = ({ query }, world) =>
  listPage(world, openings, query, []);

export const listOpeningsOfJob: GemHandler<'listOpeningsOfJob'> = ({ path, query }, world) => {
  living(world, 'jobs', path.job_id);
  const ofJob = world.store.collection('openings').entriesBy('job_id', path.job_id);
  return listPage(world, openings, query, [], ofJob);
};

export const getOpening: GemHandler<'getOpening'> = ({ path, query }, world) =>
  itemOf(world, openings, path.opening_id, query);
