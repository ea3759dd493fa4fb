import { sql } from 'kysely';
import type { ModelName } from '../../contracts/coverage.ts';
import type { Serialised } from '../../contracts/server/serialised.ts';
import type { UnifiedSchemas } from '../../contracts/unified.ts';
import type { Services } from '../actions/services.ts';
import { modelDisabled, UnifiedProblem } from '../errors.ts';
import { explainValues } from '../explain/explain.ts';
import { isContainer } from '../explain/noted.ts';
import { modelOf, recordModelOf } from '../explain/items.ts';
import { Records } from '../explain/records.ts';
import { modelByWord, wordOf } from '../explain/rules.ts';
import { valueAt } from '../explain/places.ts';
import { komboId } from '../identifiers.ts';
import { isOff } from '../policy/scope.ts';
import { contextOf } from '../sync/reading.ts';
import type { Integration } from '../store/queries/integrations.ts';
import type { Caller } from './admission.ts';
import { listHandlers } from './lists/index.ts';

/** `GET /explain/{model}/{record_id}`: a record at Gem beside its unified form. */
export async function explainRecord(
  services: Services,
  caller: Caller,
  { word, id, asksGem }: { word: UnifiedSchemas['ModelWord']; id: string; asksGem: boolean },
): Promise<UnifiedSchemas['ExplainAnswer']> {
  const integration = caller.integration();
  const name = modelByWord(word);
  if (isOff(integration.scope, name)) throw modelDisabled(word);
  const row = await readRow(services, integration, name, id);
  if (!row) {
    const message = `No record of ${word} has this id. Take the id of one from its list, or its id in Gem.`;
    throw new UnifiedProblem('PLATFORM.INPUT_INVALID', message, { status: 404 });
  }
  const model = modelOf(name);
  const origin = { model: name, id: String(row['id']) };
  const main =
    model.owner === undefined ? origin : { model: recordModelOf(name), id: String(row[model.owner]) };
  const records = new Records(services.database, asksGem ? services.clientOf(integration) : undefined);
  await records.load([main]);
  if (asksGem) await records.ask(main);
  const item = (await readItem(services, caller, name, origin.id)) ?? shownRow(row, model.internalColumns);
  const context = contextOf(integration);
  const explained = await explainValues({
    database: services.database,
    records,
    context,
    origin,
    main,
    item,
    row,
  });
  const gem = records.get(main);
  return {
    status: 'success',
    data: {
      model: wordOf(name),
      label: model.label,
      id: origin.id,
      remote_id: String(row['remote_id']),
      changed_at: String(row['changed_at']),
      remote_deleted_at: textOrNull(row['remote_deleted_at']),
      gem: {
        route: gem?.route ?? '',
        remote_id: gem?.remoteId ?? String(row['remote_id']),
        stored: gem?.stored ? { ...gem.stored } : null,
        now: gem?.now ? { ...gem.now } : null,
        problem: gem?.problem ?? null,
      },
      item: { ...item },
      ...explained,
    },
  };
}

/** A row with all that its model fills, by its id or by Gem's, of which its id is made; moments as the API writes them. */
async function readRow(
  { database }: Pick<Services, 'database'>,
  { id: integrationId }: Integration,
  model: ModelName,
  id: string,
): Promise<Record<string, unknown> | undefined> {
  const { columns, derivedColumns } = modelOf(model);
  const pairs = Object.entries({ ...columns, ...derivedColumns }).map(
    ([name, type]) =>
      sql`${sql.lit(name)}, ${type === 'timestamptz' ? sql`instant(${sql.ref(name)})` : sql.ref(name)}`,
  );
  const { rows } = await sql<{ row: Record<string, unknown> }>`
    select json_build_object(
      'id', id, 'remote_id', remote_id, ${sql.join(pairs)},
      'changed_at', instant(changed_at), 'remote_deleted_at', instant(remote_deleted_at)
    ) as row
    from ${sql.table(model)}
    where integration_id = ${integrationId} and id in (${id}, ${komboId(integrationId, id)})
    order by id = ${id} desc limit 1
  `.execute(database);
  return rows[0]?.row;
}

/** The item of the model's list; undefined where it has none. */
async function readItem(
  services: Services,
  caller: Caller,
  model: ModelName,
  id: string,
): Promise<object | undefined> {
  const lists = listHandlers(services);
  const query = { ids: [id], include_deleted: true };
  const ask: Partial<Record<ModelName, () => Promise<{ body: Serialised<unknown> }>>> = {
    ats_users: () => lists.getAtsUsers({ query }, caller),
    ats_jobs: () => lists.getAtsJobs({ query }, caller),
    ats_candidates: () => lists.getAtsCandidates({ query }, caller),
    ats_applications: () => lists.getAtsApplications({ query }, caller),
    ats_interviews: () => lists.getAtsInterviews({ query }, caller),
    ats_application_stages: () => lists.getAtsApplicationStages({ query }, caller),
  };
  const answer = await ask[model]?.();
  const page: unknown = answer && JSON.parse(answer.body.bytes.toString());
  const item = valueAt(page, ['data', 'results', 0]);
  return isContainer(item) ? item : undefined;
}

function shownRow(row: Record<string, unknown>, internal: readonly string[]): object {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !internal.includes(name)));
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
