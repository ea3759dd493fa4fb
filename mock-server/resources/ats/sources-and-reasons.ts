// The short lists that applications and openings choose from.
import { listPage } from '../listing/pages.ts';
import { whenDeleted, type GemHandler, type Resource } from '../resource.ts';
import { requireUnprovenList } from '../listing/filters.ts';

/** Sources: the channels that applications come from (gem-ats-api §3.12). */
export const sources: Resource<'sources'> = {
  name: 'sources',
  label: 'Source',
  present: (source) => ({
    id: source.id,
    name: source.public_name,
    type: source.type,
    ...whenDeleted(source),
  }),
};

export const listSources: GemHandler<'listSources'> = ({ query }, world) => {
  requireUnprovenList(world);
  return listPage(world, sources, query, []);
};

/** Reasons to reject an application, in groups (gem-ats-api §3.12). */
export const rejectionReasons: Resource<'rejection_reasons'> = {
  name: 'rejection_reasons',
  label: 'Rejection reason',
  present: (reason) => ({ id: reason.id, name: reason.name, type: reason.type, ...whenDeleted(reason) }),
};

export const listRejectionReasons: GemHandler<'listRejectionReasons'> = ({ query }, world) =>
  listPage(world, rejectionReasons, query, []);

/** Reasons to close an opening (gem-ats-api §3.12, §9). */
export const closeReasons: Resource<'close_reasons'> = {
  name: 'close_reasons',
  label: 'Close reason',
  present: (reason) => ({ id: reason.id, name: reason.name, ...whenDeleted(reason) }),
};

export const listCloseReasons: GemHandler<'listCloseReasons'> = ({ query }, world) =>
  listPage(world, closeReasons, query, []);
