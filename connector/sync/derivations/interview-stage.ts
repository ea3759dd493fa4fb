import { sql } from 'kysely';
import { within } from '../../store/within.ts';
import { everything, type Derivation } from './derivation.ts';

/**
 * The stage of an interview is the one that holds the place which the interview fills. If no stage holds it any more,
 * it is the stage in which the application stands.
 */
export const interviewStage: Derivation = {
  name: 'interview-stage',
  model: 'ats_interviews',
  dependsOn: {
    ats_application_stages: everything,
    ats_applications: 'id',
    ats_interviews: 'application_id',
  },
  async derive(database, { integrationId, keys, at }) {
    const { rows } = await sql<{ id: string }>`
      with place as (
        select distinct on (item.id) item.id as item_id, stage.id as stage_id
        from ats_application_stages as stage
          cross join lateral jsonb_array_elements_text(stage.interview_item_ids) as item (id)
        where stage.integration_id = ${integrationId}
        order by item.id, stage.remote_deleted_at is not null, stage.number
      ), resolved as (
        select interview.id, coalesce(place.stage_id, application.current_stage_id) as stage_id
        from ats_interviews as interview
          left join place on place.item_id = interview.interview_item_id
          left join ats_applications as application on application.id = interview.application_id
        where interview.integration_id = ${integrationId} and ${within('interview.application_id', keys)}
      )
      update ats_interviews as interview
      set stage_id = resolved.stage_id, changed_at = ${at}::timestamptz
      from resolved
      where interview.id = resolved.id and interview.stage_id is distinct from resolved.stage_id
      returning interview.id
    `.execute(database);
    return rows.map(({ id }) => id);
  },
};
