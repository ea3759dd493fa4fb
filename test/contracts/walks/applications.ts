import { expect } from 'vitest';
import { idOf, pair, type Walk } from './walk.ts';

export const applications: Walk = {
  rows: ({ gem, unified }) =>
    pair(gem.applications, unified.applications, (application) => ({
      outcome: { active: 'PENDING', rejected: 'DECLINED', hired: 'HIRED' }[application.status],
      rejection_reason_name: application.rejection_reason?.name ?? null,
      rejected_at: application.rejected_at ?? null,
      current_stage_id: application.current_stage ? idOf(unified.stages, application.current_stage.id) : null,
      job_id: idOf(unified.jobs, application.jobs[0]?.id),
      candidate_id: idOf(unified.candidates, application.candidate_id),
      custom_fields: { source: application.source?.public_name ?? null },
      integration_fields: [
        { key: 'source', value: application.source?.public_name ?? null },
        { key: 'source_id', value: application.source?.id ?? null },
      ].map((field) => expect.objectContaining({ ...field, type: 'DEFAULT' })),
      remote_created_at: application.applied_at,
      remote_updated_at: application.last_activity_at,
      remote_deleted_at: application.deleted_at ?? null,
      remote_data: { '/applications/': application },
    })),
};
