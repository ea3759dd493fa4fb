import { sql, type RawBuilder } from 'kysely';
import { choosePosting, type PostingToChoose } from '../../policy/posting-text.ts';
import { toJson, within } from '../../store/storable.ts';
import { lockRows } from '../../store/queries/rows.ts';
import type { Database } from '../../store/schema.ts';
import type { Derivation } from './derivation.ts';

/** A job's `description` and `post_url` come from its most recent live and active posting (rule posting-text). */
export const postingText: Derivation = {
  name: 'posting-text',
  model: 'ats_jobs',
  dependsOn: { ats_jobs: 'id', ats_job_postings: 'job_id' },
  async derive(database, { integrationId, keys, at }) {
    const { rows: differing } = await sql<{ id: string }>`
      select job.id ${await textsOf(database, { integrationId, keys })}
    `.execute(database);
    const ids = differing.map(({ id }) => id);
    if (ids.length === 0) return [];
    await lockRows(database, { model: 'ats_jobs', ids });
    const { rows } = await sql<{ id: string }>`
      update ats_jobs
      set description = text.description_html, post_url = text.url, changed_at = ${at}::timestamptz
      from (
        select job.id, posting.description_html, posting.url
        ${await textsOf(database, { integrationId, keys: ids })}
      ) as text
      where ats_jobs.id = text.id
      returning ats_jobs.id
    `.execute(database);
    return rows.map(({ id }) => id);
  },
};

/** Jobs whose text is not that of their chosen posting, and that posting, to select from. */
async function textsOf(
  database: Database,
  { integrationId, keys }: { integrationId: string; keys: readonly string[] | undefined },
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
      left join ats_job_postings as posting on posting.id = choice.posting_id
    where job.integration_id = ${integrationId} and ${within('job.id', keys)}
      and (job.description, job.post_url) is distinct from (posting.description_html, posting.url)`;
}
