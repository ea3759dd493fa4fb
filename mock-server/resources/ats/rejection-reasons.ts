import { listPage } from '../../http/pages.ts';
import type { GemHandler } from '../handler.ts';
import { whenDeleted, type Resource } from '../resource.ts';

/** Reasons to reject an application, in groups (gem-ats-api §3.12). */
export const rejectionReasons: Resource<'rejection_reasons'> = {
  name: 'rejection_reasons',
  label: 'Rejection reason',
  present: (reason) => ({ id: reason.id, name: reason.name, type: reason.type, ...whenDeleted(reason) }),
};

export const listRejectionReasons: GemHandler<'listRejectionReasons'> = ({ query }, world) =>
  listPage(world, rejectionReasons, query, []);
