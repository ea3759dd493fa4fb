import { domainToASCII } from 'node:url';
import { toInstant } from '../../contracts/clock.ts';
import type { GemSchemas } from '../../contracts/gem.ts';
import { GemAnswerUnreadable, GemError } from '../gem/errors.ts';
import type { GemClient } from '../gem/client.ts';
import { readApplication, readCandidate, type SeenApplication, type SeenCandidate } from './gem-answers.ts';

/** Who applies to what, by Gem's ids. */
export type Applicant = Pick<GemSchemas['CreateCandidateBody'], 'email' | 'linkedin_handle' | 'job_id'>;

/** An application of a person, and the records that came with it. */
export interface FoundApplication {
  applicationId: string;
  candidateId: string;
  appliedAt: string | null;
  application: SeenApplication | undefined;
  candidate: SeenCandidate | undefined;
}

/** What Gem shows of an applicant at a moment. */
export interface KnownApplications {
  /** The ids of all applications that may be theirs, to any job. */
  applications: ReadonlySet<string>;
  /** The ids of everybody who may be the person. */
  candidates: ReadonlySet<string>;
  /** An instant before which nothing counts as new, by Gem's clock where it tells its time. */
  since: string;
}

/**
 * Lists what Gem shows of an applicant before anything is created, so that new applications can be found afterwards: all
 * applications of all candidates with the address, and the latest ones to the job where Gem may know the person by something
 * else.
 *
 * @param margin milliseconds by which clocks may differ
 * @param now our own time
 * @throws GemError when Gem cannot be asked
 */
export async function shownOf(
  gem: GemClient,
  applicant: Applicant,
  margin: number,
  now: number,
): Promise<KnownApplications> {
  const { people, isWhole, answeredAt } = await withAddress(gem, applicant);
  const since = toInstant((answeredAt ?? now) - margin);
  const ofPeople = await Promise.all(people.map((person) => applicationIdsOf(gem, person, applicant)));
  const latest = mayBeKnownOtherwise(applicant, isWhole) ? await latestTo(gem, applicant, since) : [];
  return {
    applications: new Set([...ofPeople.flat(), ...latest.map(({ id }) => id)]),
    candidates: new Set(people.map(({ id }) => id)),
    since,
  };
}

/**
 * Looks for an application of an applicant to their job that was not shown before, among all candidates with the address
 * (kombo-unified-api §3.2).
 *
 * @param before.shown what was shown; undefined when that could not be asked, so that only recent active applications count
 * @throws GemError when Gem cannot be asked
 */
export async function findNewApplication(
  gem: GemClient,
  applicant: Applicant,
  { shown: before, since }: { shown: KnownApplications | undefined; since: string },
): Promise<FoundApplication | undefined> {
  const isNew = (id: string) => !before?.applications.has(id);
  const { people, isWhole } = await withAddress(gem, applicant);
  for (const listed of people) {
    const person = listed.namesApplications ? listed : ((await askForCandidate(gem, listed.id)) ?? listed);
    const newest =
      (await newestNewOf(gem, person, applicant, { isNew, isCertain: before !== undefined, since })) ??
      (person.namesApplications ? undefined : await newestToJob(gem, person, applicant, before));
    if (newest) return newest;
  }
  if (!mayBeKnownOtherwise(applicant, isWhole)) return undefined;
  for (const application of await latestTo(gem, applicant, since)) {
    if (!isNew(application.id) || application.candidateId === undefined) continue;
    const candidate = await askForCandidate(gem, application.candidateId);
    if (candidate && isPerson(candidate, applicant)) return found(application, candidate);
  }
  return undefined;
}

/**
 * Looks for the new application of a candidate whom Gem has answered a creation with, by whatever way there is.
 *
 * @param candidate as far as it could be read
 */
export async function newApplicationOf(
  gem: GemClient,
  candidate: SeenCandidate,
  applicant: Applicant,
  before: KnownApplications | undefined,
): Promise<FoundApplication | undefined> {
  const isNew = (id: string) => !before?.applications.has(id);
  const options = { isNew, isCertain: true, since: '' };
  return (
    (await newestNewOf(gem, candidate, applicant, options)) ??
    (await orNothing(async () => {
      const read = await askForCandidate(gem, candidate.id);
      return read && newestNewOf(gem, read, applicant, options);
    })) ??
    (await orNothing(() => newestToJob(gem, candidate, applicant, before)))
  );
}

/** The active application of a candidate to a job that came with the candidate. */
export function activeApplicationOf(candidate: SeenCandidate, jobId: string): FoundApplication | undefined {
  const active = candidate.applications.find(({ job, status }) => job?.id === jobId && status === 'active');
  return active && found(active, candidate);
}

/** A candidate by Gem's id; undefined when the answer is none. */
export async function askForCandidate(gem: GemClient, id: string): Promise<SeenCandidate | undefined> {
  return readCandidate(await gem.send('getCandidate', { path: { candidate_id: id } }));
}

/** An application by Gem's id; undefined when the answer is none. */
export async function askForApplication(gem: GemClient, id: string): Promise<SeenApplication | undefined> {
  return readApplication(await gem.send('getApplication', { path: { application_id: id } }));
}

interface Newness {
  isNew(id: string): boolean;
  /** Whether it is known what was there before. */
  isCertain: boolean;
  since: string;
}

async function newestNewOf(
  gem: GemClient,
  person: SeenCandidate,
  { job_id: jobId }: Applicant,
  { isNew, isCertain, since }: Newness,
): Promise<FoundApplication | undefined> {
  const fresh: SeenApplication[] = [];
  for (const id of person.applicationIds) {
    if (!isNew(id)) continue;
    const nested = person.applications.find((one) => one.id === id);
    const application = nested?.job
      ? nested
      : ((await orNothing(() => askForApplication(gem, id))) ?? nested);
    fresh.push(application ?? unread(id, person.id));
  }
  const ofJob = fresh
    .filter(({ job }) => job?.id === jobId)
    .filter((one) => isCertain || isRecent(one, since));
  const newest = ofJob
    .toSorted((one, other) => (one.appliedAt ?? '').localeCompare(other.appliedAt ?? ''))
    .at(-1);
  if (newest) return found(newest, person);
  // Where Gem does not say to which job, the only new one it is.
  const unsaid = fresh.filter(({ job }) => job === undefined);
  const only = unsaid.length === 1 ? unsaid.at(0) : undefined;
  return isCertain && only ? found(only, person) : undefined;
}

/** Where a candidate does not name its applications, the list of those to the job does. */
async function newestToJob(
  gem: GemClient,
  candidate: SeenCandidate,
  applicant: Applicant,
  before: KnownApplications | undefined,
): Promise<FoundApplication | undefined> {
  const theirs = (await listOfJob(gem, applicant, {})).filter(
    ({ candidateId }) => candidateId === candidate.id,
  );
  const newest = theirs.findLast(({ id }) => !before?.applications.has(id));
  return newest && found(newest, candidate);
}

async function applicationIdsOf(
  gem: GemClient,
  person: SeenCandidate,
  applicant: Applicant,
): Promise<string[]> {
  if (person.namesApplications) return person.applicationIds;
  const read = await askForCandidate(gem, person.id);
  if (read?.namesApplications) return read.applicationIds;
  const toJob = await listOfJob(gem, applicant, {});
  return toJob.filter(({ candidateId }) => candidateId === person.id).map(({ id }) => id);
}

/** Gem knows people by their LinkedIn handle too; and one that does not know the filter has to be asked in another way. */
function mayBeKnownOtherwise({ linkedin_handle: handle }: Applicant, isWhole: boolean): boolean {
  return handle !== undefined || !isWhole;
}

function isRecent({ status, appliedAt }: SeenApplication, since: string): boolean {
  return status === 'active' && appliedAt !== null && appliedAt >= since;
}

function found(application: SeenApplication, candidate: SeenCandidate): FoundApplication {
  const { id: applicationId, appliedAt } = application;
  return { applicationId, candidateId: candidate.id, appliedAt, application, candidate };
}

function unread(id: string, candidateId: string): SeenApplication {
  const record = { id, candidate_id: candidateId };
  return { id, candidateId, job: undefined, stageId: null, status: undefined, appliedAt: null, record };
}

async function orNothing<Result>(ask: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof GemError) return undefined;
    throw error;
  }
}

/** Everybody with the address, unless Gem does not know the filter and lists anybody. */
async function withAddress(
  gem: GemClient,
  { email }: Applicant,
): Promise<{ people: SeenCandidate[]; isWhole: boolean; answeredAt: number | null }> {
  const hasIt = ({ emails }: SeenCandidate) =>
    emails === undefined || emails.some((one) => isSameAddress(one, email));
  const { items, answeredAt } = await readPages(gem, 'listCandidates', { email }, readCandidate, hasIt);
  return { people: items.filter(hasIt), isWhole: items.every(hasIt), answeredAt };
}

async function latestTo(gem: GemClient, applicant: Applicant, since: string): Promise<SeenApplication[]> {
  return listOfJob(gem, applicant, { created_after: since });
}

async function listOfJob(
  gem: GemClient,
  { job_id }: Applicant,
  more: Readonly<Record<string, string>>,
): Promise<SeenApplication[]> {
  const query = { job_id, per_page: '500', ...more };
  const { items } = await readPages(gem, 'listApplications', query, readApplication);
  return items.filter(({ job }) => job === undefined || job.id === job_id);
}

/**
 * Reads all pages of a short list. A page that is not full is no end, for Gem may cap it below what is usual; one whose
 * records were all on pages before it is. So is one with a record that was not asked for.
 */
async function readPages<Item extends { id: string }>(
  gem: GemClient,
  operation: 'listCandidates' | 'listApplications',
  query: Readonly<Record<string, string>>,
  read: (record: unknown) => Item | undefined,
  isAsked: (item: Item) => boolean = () => true,
): Promise<{ items: Item[]; answeredAt: number | null }> {
  const items = new Map<string, Item>();
  let answeredAt: number | null = null;
  for (let page = 1; page <= maxPages; page += 1) {
    const { body, headers } = await gem.ask(operation, { query: { ...query, ...(page > 1 && { page }) } });
    if (!Array.isArray(body))
      throw new GemAnswerUnreadable(operation, `Gem's answer to ${operation} is not a list`);
    const time = Date.parse(headers.get('date') ?? '');
    answeredAt = Number.isNaN(time) ? answeredAt : time;
    const records: unknown[] = body;
    const shown = records.flatMap((record) => read(record) ?? []);
    const before = items.size;
    for (const item of shown) items.set(item.id, item);
    if (items.size === before || !shown.every(isAsked)) break;
  }
  return { items: [...items.values()], answeredAt };
}

/** More namesakes than any person has. */
const maxPages = 20;

function isPerson({ emails, links }: SeenCandidate, { email, linkedin_handle: handle }: Applicant): boolean {
  const ending = `/${handle?.toLowerCase() ?? ''}`;
  return (
    (emails?.some((one) => isSameAddress(one, email)) ?? false) ||
    links.some((link) => link.replace(/\/+$/, '').endsWith(ending))
  );
}

/** Upper and lower case are the same, and so are the two ways of writing a domain with letters beyond ASCII. */
export function isSameAddress(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

function plain(address: string): string {
  const text = address.trim().normalize('NFC').toLowerCase();
  const at = text.lastIndexOf('@') + 1;
  return text.slice(0, at) + (domainToASCII(text.slice(at)) || text.slice(at));
}
