import { sql, type RawBuilder } from 'kysely';
import type { ModelName, Row } from '../models/model.ts';
import type { Database } from '../store/schema.ts';
import { choosePosting, type PostingToChoose } from '../policy/posting-text.ts';
import { toJson, within } from '../store/storable.ts';
import { lockRows } from '../store/queries/rows.ts';
import type { Changes } from './page.ts';

/**
 * Runs the derivations.
 *
 * @param rows the rows that were written, to look only at what they concern; left out, everything is looked at
 * @returns how many rows changed
 */
export async function derive(
  database: Database,
  {
    integrationId,
    at,
    rows,
    off = new Set(),
  }: {
    integrationId: string;
    at: string;
    rows?: ReadonlyMap<ModelName, Row[]>;
    /** Models and fields that are off. */
    off?: ReadonlySet<string> | undefined;
  },
): Promise<Changes> {
  const changes = new Map<ModelName, number>();
  for (const derivation of derivations) {
    const keys = rows && keysOf(derivation, rows);
    if (keys?.length === 0) continue;
    const isNarrow = keys !== undefined && !keys.includes(everything);
    const changed = await derivation.derive(database, {
      integrationId,
      at,
      keys: isNarrow ? keys : undefined,
      off,
    });
    changes.set(derivation.model, changed);
  }
  return changes;
}

function keysOf({ dependsOn }: Derivation, rows: ReadonlyMap<ModelName, Row[]>): string[] {
  const keys = new Set<string>();
  for (const [model, written] of rows) {
    const column = dependsOn[model];
    if (column === undefined) continue;
    for (const row of written) keys.add(column === everything ? everything : String(row[column]));
  }
  return [...keys];
}

/** Fills columns of one model from rows of others, after those were written. */
export interface Derivation {
  /** The model whose columns it fills. */
  model: ModelName;
  /**
   * Whose rows it depends on: the column that holds the key by which {@link derive} can be narrowed, or `everything`
   * when a change may concern any row.
   */
  dependsOn: Partial<Record<ModelName, string>>;
  /**
   * @param keys the keys to look at; undefined looks at all
   * @param at the instant to note as `changed_at`, where a value differs
   * @returns how many rows changed
   */
  derive(
    database: Database,
    options: {
      integrationId: string;
      keys: readonly string[] | undefined;
      at: string;
      off: ReadonlySet<string>;
    },
  ): Promise<number>;
}

/** In {@link Derivation.dependsOn}: there is no key to narrow by. */
export const everything = 'everything';

/** A job's `description` and `post_url` come from its most recent live and active posting (rule posting-text). */
export const postingText: Derivation = {
  model: 'ats_jobs',
  dependsOn: { ats_jobs: 'id', ats_job_postings: 'job_id' },
  async derive(database, { integrationId, keys, at, off }) {
    const { rows: differing } = await sql<{ id: string }>`
      select job.id ${await textsOf(database, { integrationId, keys, off })}
    `.execute(database);
    const ids = differing.map(({ id }) => id);
    if (ids.length === 0) return 0;
    await lockRows(database, { model: 'ats_jobs', ids });
    const { rows } = await sql<{ id: string }>`
      update ats_jobs
      set description = text.description_html, post_url = text.url, changed_at = ${at}::timestamptz
      from (
        select job.id, posting.description_html, posting.url
        ${await textsOf(database, { integrationId, keys: ids, off })}
      ) as text
      where ats_jobs.id = text.id
      returning ats_jobs.id
    `.execute(database);
    return rows.length;
  },
};

/** Jobs whose text is not that of their chosen posting, and that posting, to select from. */
async function textsOf(
  database: Database,
  {
    integrationId,
    keys,
    off,
  }: { integrationId: string; keys: readonly string[] | undefined; off: ReadonlySet<string> },
): Promise<RawBuilder<unknown>> {
  const { rows: postings } = await sql<PostingToChoose & { job_id: string }>`
    select id, job_id, is_live and remote_deleted_at is null as is_live,
      instant(first_published_at) as first_published_at, instant(remote_created_at) as remote_created_at
    from ats_job_postings
    where integration_id = ${integrationId} and ${within('job_id', keys)}
  `.execute(database);
  const choices = [...Map.groupBy(postings, ({ job_id }) => job_id)].flatMap(([jobId, ofJob]) => {
    const chosen = choosePosting(ofJob);
    return chosen ? [{ job_id: jobId, posting_id: chosen.id }] : [];
  });
  return sql`
    from ats_jobs as job
      left join json_to_recordset(${toJson(choices)}::json) as choice (job_id text, posting_id text)
        on choice.job_id = job.id
      left join lateral (
        select ${textUnlessOff(off, 'description', 'description_html')}, ${textUnlessOff(off, 'post_url', 'url')}
        from ats_job_postings where id = choice.posting_id
      ) as posting on true
    where job.integration_id = ${integrationId} and ${within('job.id', keys)}
      and (job.description, job.post_url) is distinct from (posting.description_html, posting.url)`;
}

/** A column of a posting, or null in its place where the job's own column is off. */
function textUnlessOff(off: ReadonlySet<string>, ofJob: string, column: string): RawBuilder<string | null> {
  return off.has(`ats_jobs.${ofJob}`) ? sql`null::text as ${sql.ref(column)}` : sql`${sql.ref(column)}`;
}

/**
 * The stage of an interview is the one that holds the place which the interview fills. If no stage holds it any more,
 * it is the current stage of the application.
 */
const interviewStage: Derivation = {
  model: 'ats_interviews',
  dependsOn: {
    ats_application_stages: everything,
    ats_applications: 'id',
    ats_interviews: 'application_id',
  },
  async derive(database, { integrationId, keys, at, off }) {
    if (off.has('ats_interviews.stage_id')) return 0;
    const { rows: differing } = await sql<{ id: string }>`
      ${resolvedOf(integrationId, within('interview.application_id', keys))}
      select interview.id from ats_interviews as interview join resolved on resolved.id = interview.id
      where interview.stage_id is distinct from resolved.stage_id
    `.execute(database);
    const ids = differing.map(({ id }) => id);
    if (ids.length === 0) return 0;
    await lockRows(database, { model: 'ats_interviews', ids });
    const { rows } = await sql<{ id: string }>`
      ${resolvedOf(integrationId, within('interview.id', ids))}
      update ats_interviews as interview
      set stage_id = resolved.stage_id, changed_at = ${at}::timestamptz
      from resolved
      where interview.id = resolved.id and interview.stage_id is distinct from resolved.stage_id
      returning interview.id
    `.execute(database);
    return rows.length;
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

/** Every derivation, in the order in which they run. */
export const derivations: readonly Derivation[] = [postingText, interviewStage];
