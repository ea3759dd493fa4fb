// Which rows of a list count as changed since a moment (kombo-unified-api §5.2): those whose own record changed, and those that
// show one that did.
import { sql } from 'kysely';
import type { ModelName } from '../../models/model.ts';
import type { Database } from '../../store/schema.ts';
import type { Fragment } from './filters.ts';

/** What is asked for with `updated_after`. */
export interface Since {
  /** The moment, as a timestamp. */
  since: Fragment;
  integrationId: string;
}

/** Something that makes rows count as changed though their own record did not. */
export interface Change {
  /** What has changed: tables and a condition, as they follow `from`. */
  from: Fragment;
  /** The column therein that names the listed row. */
  parent: Fragment;
}

/**
 * The condition that a row has changed. Few changes are looked up by their time, so that a poll costs what has changed and not
 * what the account has. Where they are many, rows are looked at in the order of the list: most of them belong on the page then.
 *
 * @param row the alias of the listed table
 * @param few so many are looked up
 */
export async function changedSince(
  database: Database,
  { model, row }: { model: ModelName; row: string },
  asked: Since,
  nested: readonly Change[],
  few = 1000,
): Promise<Fragment> {
  const id = sql.ref(`${row}.id`);
  const own: Change = changeOf(model, sql`changed.id`, asked);
  const selects = [own, ...nested].map(
    ({ from, parent }) => sql`(select ${parent} from ${from} limit ${few + 1}::integer)`,
  );
  const { rows } = await sql<{ id: string }>`
    select id from (${sql.join(selects, sql` union `)}) as changed (id) limit ${few + 1}::integer
  `.execute(database);
  if (rows.length <= few) return sql`${id} = any(${rows.map((changed) => changed.id)}::text[])`;
  const changes = [
    sql`${sql.ref(`${row}.changed_at`)} >= ${asked.since}`,
    ...nested.map(({ from, parent }) => sql`exists (select from ${from} and ${parent} = ${id})`),
  ];
  return sql`(${sql.join(changes, sql` or `)})`;
}

/** A record of a model, called `changed`, that has changed itself. */
export function changeOf(model: ModelName, parent: Fragment, { since, integrationId }: Since): Change {
  return {
    parent,
    from: sql`${sql.table(model)} as changed
      where changed.integration_id = ${integrationId}::text and changed.changed_at >= ${since}`,
  };
}

/**
 * A record that has changed, and that rows show to which a column of their own leads.
 *
 * @param holder the listed model, or one that leads to it, its column that names the record, and the one that names the listed row
 */
export function changeBehind(
  model: ModelName,
  { model: holding, column, parent = 'id' }: { model: ModelName; column: string; parent?: string },
  { since, integrationId }: Since,
): Change {
  return {
    parent: sql.ref(`holder.${parent}`),
    from: sql`${sql.table(model)} as changed
        join ${sql.table(holding)} as holder on ${sql.ref(`holder.${column}`)} = changed.id
      where changed.integration_id = ${integrationId}::text and changed.changed_at >= ${since}`,
  };
}

/**
 * A nested list that lost an entry that belongs to another record now.
 *
 * @param model what the entries are of
 */
export function lossOf(model: ModelName, { since, integrationId }: Since): Change {
  return {
    parent: sql`entry.parent_id`,
    from: sql`entry_changes as entry
      where entry.integration_id = ${integrationId}::text and entry.model = ${sql.lit(model)}
        and entry.changed_at >= ${since}`,
  };
}

/**
 * An entry of a nested list that came or went, though the row that joins it to the record stayed as it is: lists leave out
 * what is deleted.
 *
 * @param join the model that joins entries to their record, and its columns for the one and the other
 * @param model what the entries are of
 */
export function comingOrGoing(
  join: { model: ModelName; parent: string; entry: string },
  model: ModelName,
  { since, integrationId }: Since,
): Change {
  return {
    parent: sql`joining.${sql.ref(join.parent)}`,
    from: sql`entry_changes as entry
        join ${sql.table(join.model)} as joining on joining.${sql.ref(join.entry)} = entry.entry_id
      where entry.integration_id = ${integrationId}::text and entry.model = ${sql.lit(model)}
        and entry.changed_at >= ${since}`,
  };
}

/**
 * What applications show of their job, their stage, and its place in the job.
 *
 * @param parent the column of applications that names the listed row
 */
export function changesBehindApplications(parent: 'id' | 'candidate_id', asked: Since): Change[] {
  return [
    changeBehind('ats_jobs', { model: 'ats_applications', column: 'job_id', parent }, asked),
    changeBehind(
      'ats_application_stages',
      { model: 'ats_applications', column: 'current_stage_id', parent },
      asked,
    ),
    {
      parent: sql.ref(`holder.${parent}`),
      from: sql`ats_join_jobs_application_stages as changed
        join ats_applications as holder
          on holder.job_id = changed.job_id and holder.current_stage_id = changed.stage_id
      where changed.integration_id = ${asked.integrationId}::text and changed.changed_at >= ${asked.since}`,
    },
  ];
}
