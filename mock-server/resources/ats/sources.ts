import { listPage } from '../../http/pages.ts';
import type { GemHandler } from '../handler.ts';
import { whenDeleted, type Resource } from '../resource.ts';
import { requireUnprovenList } from '../unproven.ts';

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
