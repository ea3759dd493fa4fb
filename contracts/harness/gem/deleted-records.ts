// Checks of deleted records: they are gone wherever living ones show, and there where they are asked for.
import { isNode } from '../../drift/document.ts';
import { rowsOf, type Row } from './lists.ts';
import type { Notes } from './outcome.ts';
import type { Subject } from './subject.ts';
import type { Call, Query } from './caller.ts';

/** Lists whose records can be asked for by their id, even when they are deleted. */
export const singles = [
  ['listCandidates', 'getCandidate', 'candidate_id'],
  ['listApplications', 'getApplication', 'application_id'],
  ['listJobs', 'getJob', 'job_id'],
  ['listJobPosts', 'getJobPost', 'job_post_id'],
  ['listJobStages', 'getJobStage', 'job_stage_id'],
  ['listOffices', 'getOffice', 'office_id'],
  ['listDepartments', 'getDepartment', 'department_id'],
  ['listUsers', 'getUser', 'user_id'],
  ['listScheduledInterviews', 'getScheduledInterview', 'interview_id'],
  ['listScorecards', 'getScorecard', 'scorecard_id'],
  ['listOffers', 'getOffer', 'offer_id'],
  ['listOpenings', 'getOpening', 'opening_id'],
] as const;

/** How the single records of a list are asked for. */
export type Single = (typeof singles)[number];

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
  const deleted: string[] = [];
  // A few are enough: each costs a request.
  for (const id of namedElsewhere(gem, single)
    .filter((one) => !shown.has(one))
    .slice(0, 3)) {
    const query = { include_deleted: 'true' };
    const { body } = await gem.call(operation, { path: { [parameter]: id }, query });
    if (isNode(body) && typeof body['deleted_at'] === 'string') deleted.push(id);
  }
  return deleted;
}

/** The ids by which records of other lists name those of one. */
export function namedElsewhere(gem: Subject, [own, , parameter]: Single): string[] {
  const paths = namedAt[parameter] ?? [];
  const named = gem
    .everyList()
    .filter(({ operation }) => operation.id !== own)
    .flatMap(({ rows }) => rows.flatMap((row) => paths.flatMap((path) => valuesAt(row, path))));
  return [...new Set(named.filter((id) => typeof id === 'string'))];
}

/** Where records name others, by what these are. */
const namedAt: Readonly<Record<string, readonly (readonly string[])[]>> = {
  candidate_id: [['candidate_id']],
  application_id: [['application_id'], ['applications', 'id'], ['application_ids']],
  job_id: [['job_id'], ['jobs', 'id']],
  job_stage_id: [['current_stage', 'id']],
  office_id: [['offices', 'id']],
  department_id: [['departments', 'id']],
  user_id: [
    ['credited_to'],
    ['recruiter', 'id'],
    ['organizer', 'id'],
    ['submitted_by', 'id'],
    ['interviewer', 'id'],
  ],
  scorecard_id: [['interviewers', 'scorecard_id']],
};

/** The values at a path; a list on the way stands for all of its items. */
function valuesAt(value: unknown, [key, ...rest]: readonly string[]): unknown[] {
  if (Array.isArray(value))
    return value.flatMap((inner) => valuesAt(inner, key === undefined ? [] : [key, ...rest]));
  if (key === undefined) return [value];
  return isNode(value) ? valuesAt(value[key], rest) : [];
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
