// Checks every promise of the Gem description at a server that claims to be Gem, over HTTP alone.
import type { GemSchemas } from '../../gem.ts';
import type { Report } from '../../report.ts';
import type { Findings } from '../../drift/drift.ts';
import type { Answer } from '../../drift/seen.ts';
import { CannotVerify, createCaller, NoAnswer, systemTime, type Caller, type Time } from './caller.ts';
import { promises, type NamedPromise } from './promises/index.ts';
import { entriesOfPlaces, type GemEntry } from '../../drift/entries.ts';
import { outcomeOf } from './outcome.ts';
import { createPeople } from './people.ts';
import { createSeen } from '../../drift/seen.ts';
import { createSubject, type Subject } from './subject.ts';
import { walkOperations } from './walk.ts';
import { createObservations } from '../../drift/observations.ts';

/** What is verified, and how. */
export interface VerifyGem {
  /** Where it is, without a path: `https://api.gem.com`. */
  url: string;
  /** What the report calls it; its address when left out. */
  subject?: string | undefined;
  apiKey: string;
  /** A partner's secret, which goes with a shareable key. */
  applicationSecret?: string | undefined;
  /** Whether people may be created, changed and deleted there. Default: nothing is written. */
  allowWrites?: boolean | undefined;
  /** Requests a second, at most; 0 for no limit. Default 10; Gem allows 20 (gem-ats-api §1.4). */
  perSecond?: number | undefined;
  /** Milliseconds that an answer may take. Default 35 seconds: a little longer than the gateway waits (gem-ats-api §1.4). */
  answerLimit?: number | undefined;
  /** Milliseconds that all of it may take. Default 15 minutes. What was seen until then is the report. */
  limit?: number | undefined;
  /** How many records of each list are read. Default 100. */
  samples?: number | undefined;
  /** The word of the job board in `jobs.gem.com/{vanity}`; without it the board is not verified. */
  vanity?: string | undefined;
  /** Names of entries; all of them when left out. */
  promises?: readonly string[] | undefined;
  /** The lists that promises about every list look at, by operation; all of them when left out. */
  lists?: readonly string[] | undefined;
  onProgress?: ((progress: GemProgress) => void) | undefined;
  signal?: AbortSignal | undefined;
  /** The machine's own time, or another one that a test holds. */
  time?: Time | undefined;
  /** How requests are sent; a test may answer them itself. */
  fetch?: typeof fetch | undefined;
}

/** How far a verification has come. */
export interface GemProgress {
  phase: 'reading' | 'promises';
  done: number;
  of: number;
  /** What comes next: an operation or a promise. */
  name: string;
}

/** What was found of Gem. */
export interface GemReport extends Report, Findings {
  entries: readonly GemEntry[];
  /** Why it was given up before its end; what was not reached by then is not observed. */
  incomplete?: string;
  /** How many made-up candidates could not be deleted again. */
  left: number;
}

/**
 * Verifies a server.
 *
 * @throws CannotVerify in one line, when the server cannot be reached, refuses the key, or a promise does not exist
 */
export async function verifyGem(options: VerifyGem): Promise<GemReport> {
  const { url, time = systemTime, allowWrites: writes = false, signal } = options;
  const startedAt = time.now();
  const observations = createObservations();
  const seen = createSeen();
  const callerOptions = {
    url,
    apiKey: options.apiKey,
    applicationSecret: options.applicationSecret,
    perSecond: options.perSecond ?? 10,
    answerLimit: options.answerLimit,
    time,
    observations,
    limit: options.limit ?? defaultLimit,
    fetch: options.fetch,
    onAnswer: seen.add,
  };
  const caller = createCaller({ ...callerOptions, signal });
  await probe(caller, url);
  const isEmulator = await isEmulatorAt(caller);
  const lists = await walkOperations({
    caller,
    observations,
    samples: options.samples ?? 100,
    vanity: options.vanity,
    onOperation: (name, done, of) => options.onProgress?.({ phase: 'reading', done, of, name }),
  });
  // The description types users; a record of another form is simply not found among them.
  const users = (lists.get('listUsers')?.rows ?? []) as unknown as readonly GemSchemas['User'][];
  const people = createPeople(caller, users, time.now().toString(36));
  const subject = createSubject({
    caller,
    lists,
    chosen: options.lists,
    vanity: options.vanity,
    hasSecret: options.applicationSecret !== undefined,
    seen,
    people,
  });
  // Writes show in the lists, so promises that only read come first.
  const chosen = chooseFrom(options.promises).toSorted(
    (one, other) => Number(one.promise.writes ?? false) - Number(other.promise.writes ?? false),
  );
  const behaviours: GemEntry[] = [];
  let left = 0;
  try {
    for (const [done, named] of chosen.entries()) {
      options.onProgress?.({ phase: 'promises', done, of: chosen.length, name: named.name });
      behaviours.push(await entryOf(named, subject, writes));
    }
  } finally {
    // Created candidates are deleted even when the rest was interrupted.
    if (writes) left = await people.clear(createCaller({ ...callerOptions, limit: timeToClear }));
  }
  const incomplete = caller.endedBecause();
  const entries = [...entriesOfPlaces(observations, { writes, incomplete }), ...behaviours];
  return {
    title: 'Promises of Gem',
    subject: options.subject ?? url,
    startedAt: new Date(startedAt).toISOString(),
    duration: time.now() - startedAt,
    entries: options.promises ? entries.filter(({ name }) => options.promises?.includes(name)) : entries,
    isEmulator: isEmulator || [...seen.headers].some((name) => name.startsWith('x-mock-gem')),
    ...(incomplete !== undefined && { incomplete }),
    left,
  };
}

/** Milliseconds. A verification takes about a thousand requests. */
const defaultLimit = 15 * 60_000;

/** Milliseconds in which created candidates are deleted. */
const timeToClear = 60_000;

/** Names and statements of all that is verified, without asking anybody. */
export function listGemPromises(): Pick<GemEntry, 'name' | 'statement' | 'evidence' | 'group'>[] {
  const behaviours = promises.map(({ name, group, promise: { statement, evidence } }) => ({
    name,
    statement,
    evidence,
    group,
  }));
  return [...entriesOfPlaces(createObservations(), { writes: true }), ...behaviours];
}

/** Where this request is refused, nothing can be verified. */
async function probe(caller: Caller, url: string): Promise<void> {
  const answer = await caller.call('listJobs', { query: { per_page: 1 } }).catch((error: unknown) => {
    throw error instanceof NoAnswer ? new CannotVerify(error.message, { cause: error }) : error;
  });
  if (answer.status === 403 || answer.status === 401) {
    const isGateway = answer.status === 403 && !hasCode(answer);
    throw new CannotVerify(
      isGateway || answer.status === 401
        ? `${url} refused the key; put the right one into GEM_API_KEY`
        : `${url} refused the application secret; put the right one into GEM_APPLICATION_SECRET`,
    );
  }
  if (answer.body === undefined) throw new CannotVerify(`${url} does not answer in JSON; it is not Gem`);
}

function hasCode({ body }: Answer): boolean {
  return typeof body === 'object' && body !== null && 'code' in body;
}

async function isEmulatorAt(caller: Caller): Promise<boolean> {
  const { status, body } = await caller.send('GET', '/_control').catch(() => nothing);
  return status === 200 && typeof body === 'object' && body !== null && 'worlds' in body;
}

/** What a server that does not answer says of itself. */
const nothing = { status: 0, body: undefined };

function chooseFrom(names: readonly string[] | undefined): readonly NamedPromise[] {
  if (!names) return promises;
  const known = new Set([
    ...promises.map(({ name }) => name),
    ...entriesOfPlaces(createObservations(), { writes: true }).map(({ name }) => name),
  ]);
  const unknown = names.find((name) => !known.has(name));
  if (unknown !== undefined)
    throw new CannotVerify(`there is no promise "${unknown}"; --list names them all`);
  return promises.filter(({ name }) => names.includes(name));
}

async function entryOf(
  { name, group, promise }: NamedPromise,
  subject: Subject,
  writes: boolean,
): Promise<GemEntry> {
  const { statement, evidence, place } = promise;
  const common = { name, statement, evidence, group };
  if (promise.writes && !writes) {
    return {
      ...common,
      state: 'not observed',
      compared: 0,
      remark: 'writes are not allowed',
      contradictions: [],
      settles: [],
    };
  }
  return { ...common, ...(await outcomeOf((notes) => promise.check(subject, notes), place)) };
}
