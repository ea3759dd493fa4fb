import { toInstant } from '../../contracts/clock.ts';
import type { ApplicationRecord, JobStageRecord, ScheduledInterviewRecord } from '../records.ts';
import type { Kit } from './kit.ts';

/**
 * Makes an interview of an application, by the stage's first interview definition.
 *
 * @throws Error when the stage defines no interview
 */
export function makeScheduledInterview(
  kit: Kit,
  application: ApplicationRecord,
  stage: JobStageRecord,
  overrides: Partial<ScheduledInterviewRecord> & Pick<ScheduledInterviewRecord, 'start' | 'interviewers'>,
): ScheduledInterviewRecord {
  const [definition] = stage.interviews;
  if (!definition) throw new Error(`the stage ${stage.name} defines no interview`);
  const created_at = overrides.created_at ?? application.last_activity_at;
  return {
    id: kit.identifiers.next('interview'),
    application_id: application.id,
    interview: { id: definition.id, name: definition.name },
    job_stage_interview_item_id: definition.item_id,
    external_event_id: `${kit.chance.string.alphanumeric({ length: 20, casing: 'lower' })}@calendar.example`,
    end: toInstant(Date.parse(overrides.start) + definition.estimated_minutes * 60_000),
    location: null,
    video_conferencing_url: `https://meet.example.com/${kit.chance.string.alphanumeric({ length: 10, casing: 'lower' })}`,
    status: 'scheduled',
    organizer_id: application.coordinator_id ?? application.recruiter_id,
    updated_at: created_at,
    deleted_at: null,
    ...overrides,
    created_at,
  };
}
