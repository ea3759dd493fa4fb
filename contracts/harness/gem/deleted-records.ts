// Checks of deleted records: they are gone wherever living ones show, and there where they are asked for.
import { isNode } from './document.ts';
import { rowsOf, type Row } from './lists.ts';
import type { Notes } from './outcome.ts';
import type { Subject } from './subject.ts';
import type { Call, Query } from './caller.ts';

/** Lists whose records can be asked for by their id, even when they are deleted. */
export const singles = [
  ['listCandidates', 'getCandidate', 'candidate_id'],
  ['listApplications', 'getApplication', 'application_id'],
  ['listJobs', 'getJob', 'job_id'],
  ['listJobStages', 'getJobStage', 'job_stage_id'],
  ['listOffices', 'getOffice', 'office_id'],
  ['listUsers', 'getUser', 'user_id'],
] as const;

/**
 * Ids of records that other records still name, that their own list does not show, and that say by themselves that they are
 * deleted. They tell a list that has nothing deleted from one that keeps it back.
 *
 * @param living the records that the list shows
 */
export async function deletedByTheirId(
  gem: Subject,
  list: string,
  living: readonly Row[],
): Promise<readonly string[]> {
  const single = singles.find(([id]) => id === list);
  if (!single) return [];
  const [, operation, parameter] = single;
  const shown = new Set(living.map(({ id }) => id));
  const named = new Set(gem.lists().flatMap(({ rows }) => rows.flatMap((row) => namedIn(row, parameter))));
  const deleted: string[] = [];
  // A few are enough: each costs a request.
  for (const id of [...named].filter((one) => !shown.has(one)).slice(0, 3)) {
    const query = { include_deleted: 'true' };
    const { body } = await gem.call(operation, { path: { [parameter]: id }, query });
    if (isNode(body) && typeof body['deleted_at'] === 'string') deleted.push(id);
  }
  return deleted;
}

/** The ids that a record has in a field of this name. An application has its jobs inside. */
function namedIn(row: Row, field: string): string[] {
  const jobs = field === 'job_id' && Array.isArray(row['jobs']) ? row['jobs'] : [];
  return [row[field], ...jobs.map((job: unknown) => isNode(job) && job['id'])].filter(
    (id) => typeof id === 'string',
  );
}

/** Where a record showed before it was deleted. */
export interface Shown {
  id: string;
  /** The call that answers with it alone. */
  item: readonly [operation: string, call: Call];
  /** The lists that had it, each with what they are asked for. */
  lists: readonly (readonly [operation: string, call: Call])[];
}

/** Checks that a record that was deleted is nowhere, at once and also when it is asked for again. */
export async function expectGone(gem: Subject, { expect }: Notes, { id, item, lists }: Shown): Promise<void> {
  const [operation, call] = item;
  expect(`${operation} when deleted`, 'status', 404, (await gem.call(operation, call)).status);
  for (const [list, asked] of lists) {
    const rows = rowsOf(list, await gem.call(list, { ...asked, query: { ...widest(list), ...asked.query } }));
    expect(
      `${list} when deleted`,
      'the record',
      false,
      rows.some((row) => row['id'] === id),
    );
  }
}

function widest(list: string): Query {
  return /Crm|^listNotes$|^listUploadedResumes$/.test(list) ? { page_size: 100 } : { per_page: 500 };
}
