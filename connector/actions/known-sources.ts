import { sql } from 'kysely';
import { GemError } from '../gem/errors.ts';
import { pagesOf } from '../gem/pages.ts';
import type { GemClient } from '../gem/client.ts';
import { isDeleted } from '../models/forms.ts';
import type { Database } from '../store/schema.ts';

/** A source that Gem knows. */
export interface KnownSource {
  id: string;
  name: string;
}

/** The sources that are known, and whether there can be others. */
export interface KnownSources {
  sources: readonly KnownSource[];
  isComplete: boolean;
}

/**
 * Lists the sources of a Gem account. Gem's own list of them is not proven (gem-ats-api §14 #7), so where it cannot be
 * read, the sources of the applications that were synced take its place.
 */
export async function readKnownSources(
  gem: GemClient,
  database: Database,
  integrationId: string,
): Promise<KnownSources> {
  try {
    const sources: KnownSource[] = [];
    let isComplete = true;
    for await (const { records, problem } of pagesOf(gem, 'listSources')) {
      sources.push(...records.filter(isSource));
      if (problem !== null) isComplete = false;
    }
    return { sources, isComplete };
  } catch (error) {
    if (!(error instanceof GemError)) throw error;
    return { sources: await readUsedSources(database, integrationId), isComplete: false };
  }
}

async function readUsedSources(database: Database, integrationId: string): Promise<KnownSource[]> {
  const { rows } = await sql<KnownSource>`
    select distinct ${fieldOf('source_id')} as id, ${fieldOf('source')} as name
    from ats_applications
    where integration_id = ${integrationId} and ${fieldOf('source_id')} is not null
      and ${fieldOf('source')} is not null
    order by id
  `.execute(database);
  return rows;
}

/** The value of one of Gem's own fields, as text; a team's field may bear the same name. */
function fieldOf(key: 'source' | 'source_id') {
  const path = sql.lit(`$[*] ? (@.key == "${key}" && @.type == "DEFAULT").value`);
  return sql`jsonb_path_query_first(integration_fields, ${path}) #>> '{}'`;
}

function isSource(record: unknown): record is KnownSource {
  if (typeof record !== 'object' || record === null) return false;
  const isNamed = 'id' in record && typeof record.id === 'string' && 'name' in record;
  return isNamed && typeof record.name === 'string' && !isDeleted(record);
}
