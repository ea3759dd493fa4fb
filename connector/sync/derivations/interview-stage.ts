import { sql, type RawBuilder } from 'kysely';
import { lockRows } from '../../store/queries/rows.ts';
import { within } from '../../store/storable.ts';
import { everything, type Derivation } from './derivation.ts';

/**
 * The stage of an interview is the one that holds the place which the interview fills. If no stage holds it any more,
 * it is the current stage of the application.
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
    const { rows: differing } = await sql<{ id: string }>`
      ${resolvedOf(integrationId, within('interview.application_id', keys))}
      select interview.id from ats_interviews as interview join resolved on resolved.id = interview.id
      where interview.stage_id is distinct from resolved.stage_id
    `.execute(database);
    const ids = differing.map(({ id }) => id);
    if (ids.length === 0) return [];
    await lockRows(database, { model: 'ats_interviews', ids });
    const { rows } = await sql<{ id: string }>`
      ${resolvedOf(integrationId, within('interview.id', ids))}
      update ats_interviews as interview
      set stage_id = resolved.stage_id, changed_at = ${at}::timestamptz
      from resolved
      where interview.id = resolved.id and interview.stage_id is distinct from resolved.stage_id
      returning interview.id
    `.execute(database);
    return rows.map(({ id }) => id);
  },
};

/** The stage of each interview that is asked for. */
function resolvedOf(integrationId: string, isAskedFor: RawBuilder<boolean>): RawBuilder<unknown> {
  return sql`
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
      where interview.integration_id = ${integrationId} and ${isAskedFor}
    )`;
}
