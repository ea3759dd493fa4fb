import type { GemSchemas } from '../../../contracts/gem.ts';
import { idOf, pair, type Walk } from './walk.ts';

export const interviews: Walk = {
  rows: ({ gem, unified }) =>
    pair(gem.scheduled_interviews, unified.interviews, (interview) => ({
      title: interview.interview.name,
      starting_at: interview.start.date_time,
      ending_at: interview.end.date_time,
      video_conferencing_url: interview.video_conferencing_url ?? null,
      application_id: idOf(unified.applications, interview.application_id),
      stage_id: idOf(unified.stages, stageOf(gem.job_stages, interview)?.id),
      canceled:
        interview.interviewers.length === 0
          ? null
          : interview.interviewers.every(({ response_status }) => response_status === 'declined'),
      remote_created_at: interview.created_at,
      remote_updated_at: interview.updated_at,
      remote_deleted_at: interview.deleted_at ?? null,
      remote_data: { '/scheduled_interviews/': interview },
    })),
};

function stageOf(
  stages: readonly GemSchemas['JobStage'][],
  interview: GemSchemas['ScheduledInterview'],
): GemSchemas['JobStage'] | undefined {
  const item = interview.job_stage_interview_item_id;
  return stages.find(({ interviews }) =>
    interviews.some((definition) => definition.job_stage_interview_item_id === item),
  );
}
