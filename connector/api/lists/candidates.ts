import { sql } from 'kysely';
import { candidateItem } from './items.ts';
import { changeOf, changesBehindApplications, lossOf } from './changed-rows.ts';
import { type Fragment, isGiven, sameText } from './filters.ts';
import { defineList } from './list.ts';

/** `GET /ats/candidates` (kombo-unified-api §2.3). */
export const listCandidates = defineList('getAtsCandidates', {
  model: 'ats_candidates',
  row: 'candidate',
  filters: (query) => [
    hasEmail(query.email),
    appliedTo(query.job_ids, query.include_deleted ?? false),
    sameText(sql`candidate.first_name`, query.first_name),
    sameText(sql`candidate.last_name`, query.last_name),
  ],
  // The stage and the job behind an application do not count.
  nestedChanges: (asked) => [
    changeOf('ats_applications', sql`changed.candidate_id`, asked),
    lossOf('ats_applications', asked),
  ],
  silentChanges: (asked) => changesBehindApplications('candidate_id', asked),
  hasRawFields: true,
  item: candidateItem,
});

function hasEmail(email: string | undefined): Fragment | undefined {
  if (!isGiven(email)) return undefined;
  return sql`lower_addresses(candidate.email_addresses) @> array[lower(${email}::text)]`;
}

function appliedTo(jobIds: readonly string[] | undefined, includeDeleted: boolean): Fragment | undefined {
  if (!isGiven(jobIds)) return undefined;
  return sql`exists (
    select from ats_applications as application
    where application.candidate_id = candidate.id
      and application.job_id = any(${jobIds}::text[])
      and (application.remote_deleted_at is null or ${includeDeleted}::boolean))`;
}
