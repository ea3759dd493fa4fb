// Reads everything once: each list, the lists below its records, and single records.
import type { Operation } from '../../description.ts';
import { gemDescription } from '../../gem.ts';
import type { Answer } from '../../drift/seen.ts';
import { NoAnswer, type Caller } from './caller.ts';
import { createList, isList, type List, type Row } from './lists.ts';
import type { Observations } from '../../drift/observations.ts';

export interface WalkOptions {
  caller: Caller;
  observations: Observations;
  /** How many records of each list are read. */
  samples: number;
  vanity?: string | undefined;
  onOperation?: (operation: string, done: number, of: number) => void;
}

/** @returns the lists that the subject has, by operation */
export async function walkOperations(options: WalkOptions): Promise<Map<string, List>> {
  const { caller, observations, samples, vanity } = options;
  const readable = [...gemDescription.operations.values()].filter(({ method }) => method === 'get');
  const order = [
    ...readable.filter((operation) => isList(operation) && pathNames(operation).length === 0),
    ...readable.filter((operation) => isList(operation) && pathNames(operation).length > 0),
    ...readable.filter((operation) => !isList(operation)),
  ];
  const known = new Map<string, { path: Path; row: Row }[]>();
  const lists = new Map<string, List>();

  for (const [done, operation] of order.entries()) {
    options.onOperation?.(operation.id, done, order.length);
    const paths = pathsFor(operation.id, pathNames(operation), known, vanity);
    let refusal: Answer | undefined;
    for (const path of paths.slice(0, maxPaths)) {
      const query = isList(operation) ? sampleSize(operation, samples) : {};
      const answer = await caller.call(operation.id, { path, query }).catch(unlessNoAnswer);
      if (!answer) break;
      if (answer.status !== 200) {
        refusal ??= answer;
        continue;
      }
      refusal = undefined;
      if (!isList(operation)) break;
      if (!Array.isArray(answer.body)) continue;
      const rows = answer.body.filter((row): row is Row => typeof row === 'object' && row !== null);
      const before = lists.get(operation.id);
      if (!before || before.rows.length === 0)
        lists.set(operation.id, createList(caller, operation, path, rows));
      known.set(operation.id, [...(known.get(operation.id) ?? []), ...rows.map((row) => ({ path, row }))]);
      // The kinds of custom fields are few and differ, so all are read.
      if (rows.length > 0 && operation.id !== 'listCustomFields') break;
    }
    if (refusal) {
      observations.contradict(operation, {
        about: operation.id,
        what: 'status',
        expected: 200,
        got: refusal.status,
      });
    }
  }
  return lists;
}

/** What no answer came to is left out; that is said in the end. */
function unlessNoAnswer(error: unknown): undefined {
  if (!(error instanceof NoAnswer)) throw error;
}

/** How many paths are tried until one shows something. */
const maxPaths = 8;

function pathNames({ parameters }: Operation): string[] {
  return parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
}

function sampleSize({ path }: Operation, samples: number): Record<string, number> {
  if (path.startsWith('/job_board/')) return {};
  return path.startsWith('/v0/')
    ? { page_size: Math.min(samples, 100) }
    : { per_page: Math.min(samples, 500) };
}

/** What was read so far: records by operation, each with the path parameters under which it was read. */
export type ReadRecords = ReadonlyMap<string, readonly { path: Path; row: Row }[]>;

export type Path = Readonly<Record<string, string>>;

/**
 * The paths by which an operation may be asked, best first.
 *
 * @param vanity the job board's word, if it is known
 */
function pathsFor(
  operation: string,
  parameters: readonly string[],
  known: ReadRecords,
  vanity?: string,
): Path[] {
  if (parameters.length === 0) return [{}];
  const special = specialPaths[operation];
  if (special) return special(known, vanity);
  const [name = '', ...more] = parameters;
  const source = listOfId[name];
  if (more.length > 0 || !source) return [];
  return ids(known, source, 'id').map((id) => ({ [name]: id }));
}

const listOfId: Readonly<Record<string, string>> = {
  candidate_id: 'listCandidates',
  application_id: 'listApplications',
  job_id: 'listJobs',
  job_post_id: 'listJobPosts',
  job_stage_id: 'listJobStages',
  office_id: 'listOffices',
  department_id: 'listDepartments',
  user_id: 'listUsers',
  interview_id: 'listScheduledInterviews',
  scorecard_id: 'listScorecards',
  offer_id: 'listOffers',
  opening_id: 'listOpenings',
  note_id: 'listNotes',
  custom_field_id: 'listCrmCustomFields',
};

const specialPaths: Readonly<Record<string, (known: ReadRecords, vanity?: string) => Path[]>> = {
  listOffersOfApplication: (known) => pathsThrough(known, 'listOffers', 'application_id'),
  getCurrentOffer: (known) => pathsThrough(known, 'listOffers', 'application_id'),
  listScorecardsOfApplication: (known) => pathsThrough(known, 'listScorecards', 'application_id'),
  listInterviewsOfApplication: (known) => pathsThrough(known, 'listScheduledInterviews', 'application_id'),
  listStagesOfJob: (known) => ofLivingJobs(known, 'listJobStages'),
  listJobPostsOfJob: (known) => ofLivingJobs(known, 'listJobPosts'),
  getOpeningOfJob: (known) =>
    (known.get('listOpeningsOfJob') ?? []).map(({ path, row }) => withId(path, 'opening_id', row)),
  listUploadedResumes: withFilesFirst,
  getActivityFeed: withNotesFirst,
  listCustomFields: () =>
    ['application', 'job', 'offer', 'opening', 'candidate'].map((field_type) => ({ field_type })),
  listBoardJobPosts: (_known, vanity) => (vanity === undefined ? [] : [{ vanity_url_path: vanity }]),
  getBoardJobPost: (known) =>
    (known.get('listBoardJobPosts') ?? []).map(({ path, row }) => withId(path, 'job_post_id', row)),
};

/** The path of the list that a record was read from, and the record's own id. */
function withId(path: Path, name: string, { id }: Row): Path {
  return { ...path, [name]: String(id) };
}

function pathsThrough(known: ReadRecords, list: string, field: string): Path[] {
  return ids(known, list, field).map((id) => ({ [field]: id }));
}

function ids(known: ReadRecords, list: string, field: string): string[] {
  return [
    ...new Set((known.get(list) ?? []).map(({ row }) => row[field]).filter((id) => typeof id === 'string')),
  ];
}

/** A record may belong to a deleted job; below that there is nothing to read. */
function ofLivingJobs(known: ReadRecords, list: string): Path[] {
  const living = new Set(ids(known, 'listJobs', 'id'));
  return pathsThrough(known, list, 'job_id').filter(({ job_id: id }) => id !== undefined && living.has(id));
}

function withFilesFirst(known: ReadRecords): Path[] {
  const candidates = (known.get('listCandidates') ?? []).map(({ row }) => row);
  return candidates
    .toSorted((one, other) => countFiles(other) - countFiles(one))
    .map(({ id }) => ({ candidate_id: String(id) }));
}

function countFiles({ attachments }: Row): number {
  return Array.isArray(attachments) ? attachments.length : 0;
}

function withNotesFirst(known: ReadRecords): Path[] {
  const noted = pathsThrough(known, 'listNotes', 'candidate_id');
  return [...noted, ...ids(known, 'listCandidates', 'id').map((id) => ({ candidate_id: id }))];
}
