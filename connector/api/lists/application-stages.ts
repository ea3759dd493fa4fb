import { sql } from 'kysely';
import type { UnifiedSchemas } from '../../../contracts/unified.ts';
import type { CommonQuery } from './filters.ts';
import { defineList, type ListedRow } from './list.ts';

/** `GET /ats/application-stages` (kombo-unified-api §2.6). */
export const listApplicationStages = defineList<CommonQuery, UnifiedSchemas['ApplicationStage']>({
  operationId: 'getAtsApplicationStages',
  row: 'stage',
  filters: () => [],
  nestedChanges: () => [],
  statement: (where, limit) => sql<ListedRow>`
    select
      stage.number::text as number,
      json_build_object(
        'id', stage.id,
        'remote_id', stage.remote_id,
        'name', stage.name,
        'status', null,
        'custom_fields', null,
        'remote_data', stage.remote_data,
        'changed_at', instant(stage.changed_at),
        'remote_deleted_at', instant(stage.remote_deleted_at)
      )::text as json
    from ats_application_stages as stage
    where ${where}
    order by stage.number
    limit ${limit}`,
});
