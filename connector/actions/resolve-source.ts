import { sql } from 'kysely';
import type { UnifiedSchemas } from '../../contracts/unified.ts';
import type { Database } from '../store/index.ts';

/** The source that an application gets at Gem, and what could not be done about it. */
export interface ResolvedSource {
  sourceId: string | undefined;
  warnings: string[];
}

/**
 * Finds the Gem id of the source that a create call names: `id` as it is, else `unified_key`, else `name`, both
 * looked up among the sources of the applications that are known (kombo-unified-api §4.1).
 */
export async function resolveSource(
  database: Database,
  integrationId: string,
  source: UnifiedSchemas['SourceInput'] | undefined,
): Promise<ResolvedSource> {
  if (source?.id) return { sourceId: source.id, warnings: [] };
  const names = [source?.unified_key, source?.name].flatMap((name) =>
    name ? [name.replaceAll('\0', '')] : [],
  );
  for (const name of names) {
    const sourceId = await findSourceId(database, integrationId, name);
    if (sourceId !== undefined) return { sourceId, warnings: [] };
  }
  const warnings =
    names.length === 0
      ? []
      : ['source was not written: no application that was synced so far has a source of this name.'];
  return { sourceId: undefined, warnings };
}

async function findSourceId(
  database: Database,
  integrationId: string,
  name: string,
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select ${fieldOf('source_id')} as id
    from ats_applications
    where integration_id = ${integrationId}::text
      and lower(${fieldOf('source')}) = lower(${name}::text)
      and ${fieldOf('source_id')} is not null
    order by number
    limit 1
  `.execute(database);
  return rows[0]?.id;
}

/** The value of one of Gem's own fields, as text; a team's field may bear the same name. */
function fieldOf(key: 'source' | 'source_id') {
  const path = sql.lit(`$[*] ? (@.key == "${key}" && @.type == "DEFAULT").value`);
  return sql`jsonb_path_query_first(integration_fields, ${path}) #>> '{}'`;
}
