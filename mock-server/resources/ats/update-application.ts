import type { GemHandler } from '../handler.ts';
import { living, referenced } from '../references.ts';
import { changeApplication, present } from './lifecycle/transition.ts';

/** Changes the source of an application (gem-ats-api §5.3). */
export const updateApplication: GemHandler<'updateApplication'> = ({ path, body }, world) => {
  const application = living(world, 'applications', path.application_id);
  const source = referenced(world, 'sources', body.source_id, 'source_id');
  changeApplication(world, application, { source_id: source.id }, world.now());
  return present(world, application);
};
