// Where the tour finds the parameters of the paths that it goes.
import type { Row } from './lists.ts';

/** What the tour has read so far: records by operation, each with the path parameters under which it was read. */
export type Known = ReadonlyMap<string, readonly { path: Path; row: Row }[]>;

export type Path = Readonly<Record<string, string>>;

/**
 * The paths by which an operation may be asked, best first.
 *
 * @param vanity the job board's word, if it is known
 */
export function stopsOf(
  operation: string,
  parameters: readonly string[],
  known: Known,
  vanity?: string,
): Path[] {
  if (parameters.length === 0) return [{}];
  const special = specials[operation];
  if (special) return special(known, vanity);
  const [name = '', ...more] = parameters;
  const source = sources[name];
  if (more.length > 0 || !source) return [];
  return ids(known, source, 'id').map((id) => ({ [name]: id }));
}

const sources: Readonly<Record<string, string>> = {
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

const specials: Readonly<Record<string, (known: Known, vanity?: string) => Path[]>> = {
  listOffersOfApplication: (known) => through(known, 'listOffers', 'application_id'),
  getCurrentOffer: (known) => through(known, 'listOffers', 'application_id'),
  listScorecardsOfApplication: (known) => through(known, 'listScorecards', 'application_id'),
  listInterviewsOfApplication: (known) => through(known, 'listScheduledInterviews', 'application_id'),
  listStagesOfJob: (known) => ofLivingJobs(known, 'listJobStages'),
  listJobPostsOfJob: (known) => ofLivingJobs(known, 'listJobPosts'),
  getOpeningOfJob: (known) =>
    (known.get('listOpeningsOfJob') ?? []).map(({ path, row }) => also(path, 'opening_id', row)),
  listUploadedResumes: withFilesFirst,
  getActivityFeed: withNotesFirst,
  listCustomFields: () =>
    ['application', 'job', 'offer', 'opening', 'candidate'].map((field_type) => ({ field_type })),
  listBoardJobPosts: (_known, vanity) => (vanity === undefined ? [] : [{ vanity_url_path: vanity }]),
  getBoardJobPost: (known) =>
    (known.get('listBoardJobPosts') ?? []).map(({ path, row }) => also(path, 'job_post_id', row)),
};

/** The path of the list that a record was read from, and the record's own id. */
function also(path: Path, name: string, { id }: Row): Path {
  return { ...path, [name]: String(id) };
}

function through(known: Known, list: string, field: string): Path[] {
  return ids(known, list, field).map((id) => ({ [field]: id }));
}

function ids(known: Known, list: string, field: string): string[] {
  return [
    ...new Set((known.get(list) ?? []).map(({ row }) => row[field]).filter((id) => typeof id === 'string')),
  ];
}

/** What a list shows may belong to a job that is deleted; below that there is nothing. */
function ofLivingJobs(known: Known, list: string): Path[] {
  const living = new Set(ids(known, 'listJobs', 'id'));
  return through(known, list, 'job_id').filter(({ job_id: id }) => id !== undefined && living.has(id));
}

function withFilesFirst(known: Known): Path[] {
  const candidates = (known.get('listCandidates') ?? []).map(({ row }) => row);
  return candidates
    .toSorted((one, other) => countFiles(other) - countFiles(one))
    .map(({ id }) => ({ candidate_id: String(id) }));
}

function countFiles({ attachments }: Row): number {
  return Array.isArray(attachments) ? attachments.length : 0;
}

function withNotesFirst(known: Known): Path[] {
  const noted = through(known, 'listNotes', 'candidate_id');
  return [...noted, ...ids(known, 'listCandidates', 'id').map((id) => ({ candidate_id: id }))];
}
