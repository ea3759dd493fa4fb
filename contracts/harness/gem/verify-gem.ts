// Holds every promise of the Gem description against a server that claims to be Gem, over HTTP alone.
import type { GemSchemas } from '../../gem.ts';
import type { Report } from '../report/report.ts';
import { CannotVerify, createCaller, systemTime, type Answer, type Caller } from './caller.ts';
import { promises, type NamedPromise } from './catalogue.ts';
import { entriesOfPlaces, type GemEntry } from './entries.ts';
import { outcomeOf } from './outcome.ts';
import type { Time } from './pace.ts';
import { createPeople } from './people.ts';
import { createSubject, type Subject } from './subject.ts';
import { takeTour } from './tour.ts';
import { createWitness } from './witness.ts';

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
  /** Requests a second, at most. Default 10; Gem allows 20 (gem-ats-api §1.4). */
  perSecond?: number | undefined;
  /** Milliseconds that an answer may take. Default 35 seconds: a little longer than the gateway waits (gem-ats-api §1.4). */
  patience?: number | undefined;
  /** How many records of each list are looked at. Default 100. */
  samples?: number | undefined;
  /** The word of the job board in `jobs.gem.com/{vanity}`; without it the board is not looked at. */
  vanity?: string | undefined;
  /** Names of entries; all of them when left out. */
  promises?: readonly string[] | undefined;
  onProgress?: ((progress: GemProgress) => void) | undefined;
  signal?: AbortSignal | undefined;
  /** The machine's own time, or another one that a test holds. */
  time?: Time | undefined;
}

/** How far a verification has come. */
export interface GemProgress {
  stage: 'reading' | 'promises';
  done: number;
  of: number;
  /** What comes next: an operation or a promise. */
  name: string;
}

/** What was found of Gem. */
export interface GemReport extends Report {
  entries: readonly GemEntry[];
  /** Whether the subject says that it is an emulator: then it proves nothing about Gem. */
  isEmulator: boolean;
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
  const witness = createWitness();
  const headersSeen = new Set<string>();
  const callerOptions = {
    url,
    apiKey: options.apiKey,
    applicationSecret: options.applicationSecret,
    perSecond: options.perSecond ?? 10,
    patience: options.patience,
    time,
    witness,
    onAnswer: ({ headers }: Answer) => headers.forEach((_value, name) => headersSeen.add(name)),
  };
  const caller = createCaller({ ...callerOptions, signal });
  await knock(caller, url);
  const isEmulator = await saysEmulator(caller);
  const lists = await takeTour({
    caller,
    witness,
    samples: options.samples ?? 100,
    vanity: options.vanity,
    onStop: (name, done, of) => options.onProgress?.({ stage: 'reading', done, of, name }),
  });
  // What a user is, the description says; whoever is none is not found by it.
  const users = (lists.get('listUsers')?.rows ?? []) as unknown as readonly GemSchemas['User'][];
  const people = createPeople(caller, users, time.now().toString(36));
  const subject = createSubject({
    caller,
    lists,
    vanity: options.vanity,
    hasSecret: options.applicationSecret !== undefined,
    headersSeen,
    people,
  });
  // What is written shows in the lists, so all that only reads comes first.
  const chosen = chooseFrom(options.promises).toSorted(
    (one, other) => Number(one.promise.writes ?? false) - Number(other.promise.writes ?? false),
  );
  const behaviours: GemEntry[] = [];
  let left = 0;
  try {
    for (const [done, named] of chosen.entries()) {
      options.onProgress?.({ stage: 'promises', done, of: chosen.length, name: named.name });
      behaviours.push(await entryOf(named, subject, writes));
    }
  } finally {
    // What was created is deleted even when the rest was broken off.
    if (writes) left = await people.clear(createCaller(callerOptions));
  }
  const entries = [...entriesOfPlaces(witness, { writes }), ...behaviours];
  return {
    title: 'Promises of Gem',
    subject: options.subject ?? url,
    startedAt: new Date(startedAt).toISOString(),
    duration: time.now() - startedAt,
    entries: options.promises ? entries.filter(({ name }) => options.promises?.includes(name)) : entries,
    isEmulator: isEmulator || [...headersSeen].some((name) => name.startsWith('x-mock-gem')),
    left,
  };
}

/** Names and statements of all that is verified, without asking anybody. */
export function listGemPromises(): Pick<GemEntry, 'name' | 'statement' | 'evidence' | 'group'>[] {
  const behaviours = promises.map(({ name, group, promise: { statement, evidence } }) => ({
    name,
    statement,
    evidence,
    group,
  }));
  return [...entriesOfPlaces(createWitness(), { writes: true }), ...behaviours];
}

/** Whoever is refused here cannot be verified at all. */
async function knock(caller: Caller, url: string): Promise<void> {
  const answer = await caller.call('listJobs', { query: { per_page: 1 } });
  if (answer.status === 403 || answer.status === 401) {
    const isGateway = answer.status === 403 && !hasCode(answer);
    throw new CannotVerify(
      isGateway || answer.status === 401
        ? `${url} refused the key; put the right one into GEM_API_KEY`
        : `${url} refused the application secret; put the right one into GEM_APPLICATION_SECRET`,
    );
  }
  if (answer.status === 429) throw new CannotVerify(`${url} says that the rate limit of the key is used up`);
  if (answer.body === undefined) throw new CannotVerify(`${url} does not answer in JSON; it is not Gem`);
}

function hasCode({ body }: Answer): boolean {
  return typeof body === 'object' && body !== null && 'code' in body;
}

async function saysEmulator(caller: Caller): Promise<boolean> {
  const { status, body } = await caller.send('GET', '/_control');
  return status === 200 && typeof body === 'object' && body !== null && 'worlds' in body;
}

function chooseFrom(names: readonly string[] | undefined): readonly NamedPromise[] {
  if (!names) return promises;
  const known = new Set([
    ...promises.map(({ name }) => name),
    ...entriesOfPlaces(createWitness(), { writes: true }).map(({ name }) => name),
  ]);
  const strange = names.find((name) => !known.has(name));
  if (strange !== undefined)
    throw new CannotVerify(`there is no promise "${strange}"; --list names them all`);
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
      remark: 'writes are not allowed',
      contradictions: [],
      settles: [],
    };
  }
  return { ...common, ...(await outcomeOf((notes) => promise.check(subject, notes), place)) };
}
