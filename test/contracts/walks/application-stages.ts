import { pair, type Walk } from './walk.ts';

export const applicationStages: Walk = {
  hidden: ['global_index'],
  rows: ({ gem, unified }) =>
    pair(gem.job_stages, unified.stages, (stage) => ({
      name: stage.name,
      remote_deleted_at: stage.deleted_at ?? null,
      remote_data: { '/job_stages/': stage },
    })),
};
