import { sql } from 'kysely';
import type { UnifiedSchemas } from '../../contracts/unified.ts';
import type { Integration } from '../store/queries/integrations.ts';
import { GemError } from '../gem/errors.ts';
import { pagesOf } from '../gem/pages.ts';
import type { GemClient } from '../gem/client.ts';
import { isDeleted } from '../models/forms.ts';
import type { Database } from '../store/schema.ts';
import type { Services } from './services.ts';

/** The source that an application gets at Gem, and what could not be done about it. */
export interface ResolvedSource {
  sourceId: string | undefined;
  warnings: string[];
}

type SourceInput = UnifiedSchemas['SourceInput'];

/**
 * Finds the Gem id of the source that a new application gets: `id`, else `unified_key`, else `name` of what its call says,
 * else the automatic source of the integration (kombo-unified-api §4.1). A source that Gem does not have is no reason to
 * create nothing.
 */
export async function resolveSource(
  { database, clientOf }: Pick<Services, 'database' | 'clientOf'>,
  integration: Integration,
  source: SourceInput | undefined,
): Promise<ResolvedSource> {
  const automatic = await readAutomaticSource(database, integration.id);
  if (!isNamed(source) && !automatic) return { sourceId: undefined, warnings: [] };
  return chooseSource(
    { source, automatic },
    await readKnownSources(clientOf(integration), database, integration.id),
  );
}

/** Chooses among the sources that are known. */
export function chooseSource(
  { source, automatic }: { source: SourceInput | undefined; automatic: AutomaticSource | undefined },
  known: KnownSources,
): ResolvedSource {
  const found =
    findById(source?.id, known) ?? findByKey(source?.unified_key, known) ?? findByName(source?.name, known);
  if (found !== undefined) return { sourceId: found, warnings: [] };
  const isAsked = isNamed(source);
  const own = automatic && (findById(automatic.id, known) ?? findByName(automatic.name, known));
  const warnings = [
    ...(isAsked ? ['source was not written: Gem has no such source.'] : []),
    ...(automatic && own === undefined
      ? ['The automatic source of the integration was not written: Gem has no such source.']
      : []),
    ...(isAsked && own !== undefined
      ? ['The automatic source of the integration was written in its place.']
      : []),
  ];
  return { sourceId: own, warnings };
}

function isNamed(source: SourceInput | undefined): boolean {
  return Boolean(source?.id ?? source?.unified_key ?? source?.name);
}

/** Where not all sources are known, Gem decides whether there is one with the id. */
function findById(id: string | undefined, { sources, isComplete }: KnownSources): string | undefined {
  if (!id) return undefined;
  return isComplete ? sources.find((source) => source.id === id)?.id : id;
}

function findByName(name: string | undefined, { sources }: KnownSources): string | undefined {
  const wanted = name?.trim().toLowerCase();
  if (!wanted) return undefined;
  return sources.find((source) => source.name.trim().toLowerCase() === wanted)?.id;
}

/** A key such as `LINKEDIN_BASIC_JOBS` means the source of that name, however its words are put together. */
function findByKey(key: string | undefined, { sources }: KnownSources): string | undefined {
  const wanted = lettersOf(key ?? '');
  return wanted === '' ? undefined : sources.find(({ name }) => lettersOf(name) === wanted)?.id;
}

function lettersOf(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '');
}

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

/**
 * The source that each created application gets when its call names none: the one with this id at Gem, or with this name,
 * or else the one that is called like the environment (kombo-unified-api §4.1).
 */
export interface AutomaticSource {
  id?: string | undefined;
  name?: string | undefined;
}

/** Stores which source an integration's applications get by themselves; null for none. */
export async function saveAutomaticSource(
  database: Database,
  integrationId: string,
  source: AutomaticSource | null,
): Promise<void> {
  const { id, name } = source ?? {};
  const setting = source === null ? null : JSON.stringify({ id, name });
  await sql`
    update integrations set automatic_source = ${setting}::jsonb where id = ${integrationId}
  `.execute(database);
}

/**
 * Reads which source an integration's applications get by themselves, with the name filled in where only the environment
 * gives one.
 *
 * @returns undefined when they get none
 */
async function readAutomaticSource(
  database: Database,
  integrationId: string,
): Promise<AutomaticSource | undefined> {
  const { rows } = await sql<{ id: string | null; name: string | null; environment: string }>`
    select automatic_source ->> 'id' as id, automatic_source ->> 'name' as name, environment.name as environment
    from integrations join environments as environment on environment.id = integrations.environment_id
    where integrations.id = ${integrationId} and automatic_source is not null
  `.execute(database);
  const [row] = rows;
  if (!row) return undefined;
  if (row.id !== null) return { id: row.id };
  return { name: row.name ?? sourceNameOf(row.environment) };
}

/** The name of a source that was not chosen: the environment's, without a trailing `(Prod)`. */
export function sourceNameOf(environmentName: string): string {
  return environmentName.replace(/\s*\(prod\)\s*$/i, '').trim();
}
