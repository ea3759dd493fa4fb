import { listPage } from '../../http/pages.ts';
import type { GemHandler } from '../handler.ts';
import type { Resource } from '../resource.ts';

/** Openings: the seats that hires fill (gem-ats-api §3.10). */
export const openings: Resource<'openings'> = {
  name: 'openings',
  label: 'Opening',
  present: ({ created_at: _created, ...opening }) => opening,
};

export const listOpenings: GemHandler<'listOpenings'> = ({ query }, world) =>
  listPage(world, openings, query, []);
