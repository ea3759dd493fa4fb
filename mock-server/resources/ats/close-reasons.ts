import { listPage } from '../../http/pages.ts';
import type { GemHandler } from '../handler.ts';
import { whenDeleted, type Resource } from '../resource.ts';

/** Reasons to close an opening (gem-ats-api §3.12, §9). */
export const closeReasons: Resource<'close_reasons'> = {
  name: 'close_reasons',
  label: 'Close reason',
  present: (reason) => ({ id: reason.id, name: reason.name, ...whenDeleted(reason) }),
};

export const listCloseReasons: GemHandler<'listCloseReasons'> = ({ query }, world) =>
  listPage(world, closeReasons, query, []);
