import { join, sep } from 'node:path';
import type { ControlSchemas } from '../control.ts';
import { unifiedDescription } from '../unified.ts';
import {
  listNames,
  type Account,
  type ActionAnswer,
  type Adapter,
  type ItemOf,
  type ListName,
} from './adapter.ts';
import type { Act } from './case.ts';
import type { EmulatedWorld, Emulator } from './emulator.ts';
import type { ActSeen, Course, GemRecords, Picture, UnifiedItems } from './course.ts';
import type { Plan } from './merge-cases.ts';
import { readGem as readFromGem } from './read-gem.ts';
import { readVaried } from './read-varied.ts';
import type { NamedForms } from './smallest-variation.ts';
import type { Ask } from './rule.ts';
import { base, toDocument } from './scenario-document.ts';

/** What is verified: a connector, and the emulator that it reads from. */
export interface Target {
  /** The emulator whose worlds the connector reads. */
  gem: Emulator;
  /** The secret that the emulator asks for beside a key. */
  applicationSecret: string;
  /** The connector; what it does not cover is not observed. It is not closed at the end. */
  connector: Adapter;
  /** Milliseconds that one call of the connector may take; no limit when left out. */
  callLimit?: number | undefined;
}

/** What one run takes. */
export interface RunOptions extends Target {
  /** Reads what Gem shows; from Gem itself when left out. */
  readGem?: ((account: Account) => Promise<GemRecords>) | undefined;
  /** The guesses that take another form than usual. */
  variation?: NamedForms | undefined;
}

/**
 * Makes a world, lets the connector sync it and act in it, and hands everything that was seen to `judge`. The world is
 * dropped afterwards.
 *
 * @throws ConnectorFailed when the connector cannot do what it is asked for
 */
export async function runCourse<Verdict>(
  { gem, applicationSecret, connector: asked, readGem = readFromGem, variation = {}, callLimit }: RunOptions,
  plan: Plan,
  judge: (course: Course, ask: Ask) => Promise<Verdict>,
): Promise<Verdict> {
  const connector = callLimit === undefined ? asked : withCallLimit(asked, Math.round(callLimit));
  const world = await gem.openWorld({
    document: toDocument(plan),
    seed: 'harness',
    switches: { rate_limit: 'off', variation },
  });
  try {
    const account = await accountOf(world, applicationSecret);
    const isVaried = Object.keys(variation).length > 0;
    const readKnown = isVaried ? () => readVaried(world, account, variation, readGem) : readGem;
    const course = await run(world, { account, connector, readGem: readKnown }, plan);
    const ask: Ask = { list: (name, query = {}) => list(connector, account, name, query) };
    return await judge(course, ask);
  } catch (error) {
    if (error instanceof ConnectorFailed) error.plan ??= plan;
    throw error;
  } finally {
    await world.drop();
  }
}

/** The same connector, which fails when a call takes too long: a sync may never end. */
function withCallLimit(connector: Adapter, milliseconds: number): Adapter {
  const within = async <Result>(work: Promise<Result>): Promise<Result> => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      const text = `it had no end within ${milliseconds / 1000} ${milliseconds === 1000 ? 'second' : 'seconds'}`;
      timer = setTimeout(() => reject(new Error(text)), milliseconds);
    });
    return Promise.race([work, late]).finally(() => clearTimeout(timer));
  };
  return {
    covers: connector.covers,
    // What is thrown at once, and not as a promise, is caught by whoever asks.
    sync: async (account, type) => within(connector.sync(account, type)),
    list: async (account, name, query) => within(connector.list(account, name, query)),
    act: async (account, call) => within(connector.act(account, call)),
  };
}

/** The connector did not do what it was asked for: whatever it says, in one line. */
export class ConnectorFailed extends Error {
  override name = 'ConnectorFailed';
  /** What it was asked for: `a FULL sync`. */
  readonly task: string;
  /** The world in which it failed. */
  plan?: Plan;

  constructor(task: string, cause: unknown) {
    super(`${task} failed: ${cause instanceof Error ? cause.message : inWords(cause)}`, { cause });
    this.task = task;
  }

  /** Where in the connector it went wrong: the lines of the stack that lie outside of this project, if there are any. */
  get trace(): string | undefined {
    const { cause } = this;
    const lines = cause instanceof Error ? (cause.stack ?? '').split('\n') : [];
    const own = lines.filter((line) => /^\s+at /.test(line) && !isOurs(line));
    return own.length === 0 ? undefined : own.map((line) => `    ${line.trim()}`).join('\n');
  }
}

/** Whatever somebody may throw or give, in one line. */
function inWords(thrown: unknown): string {
  if (typeof thrown === 'string') return thrown;
  return JSON.stringify(thrown) ?? 'nothing';
}

/** Whether a line of a stack lies in this project, or in Node. */
function isOurs(line: string): boolean {
  return /\(?(node:|<anonymous>)/.test(line) || ownFolders.some((folder) => line.includes(folder));
}

/** Where the harness and its command are: the lines of a stack that lead through them say nothing about the connector. */
const ownFolders = [import.meta.dirname, join(import.meta.dirname, '../../mock-server')].map(
  (folder) => `${folder}${sep}`,
);

async function run(world: EmulatedWorld, stage: Stage, plan: Plan): Promise<Course> {
  const { account, connector } = stage;
  const sync = (type: 'FULL' | 'DELTA') => doing(`a ${type} sync`, () => connector.sync(account, type));
  const look = () => takePicture(stage);

  await sync('FULL');
  const first = await look();
  const { again, delta, last } = plan.isBrief
    ? { again: first, delta: first, last: first }
    : await goOn(world, plan, sync, look);
  const ids = idsOf(await world.labels());
  const names = toNames(ids, last.unified);
  const acts: ActSeen[] = [];
  let asked = plan.acts.length > 0 ? ((await world.requests.list()).at(-1)?.number ?? 0) : 0;
  for (const { act, rule } of plan.acts) {
    const { shown } = acts.at(-1) ?? { shown: last.unified };
    const seen = await perform(world, stage, { act, rule, names, asked, shown });
    asked = seen.requests.at(-1)?.number ?? asked;
    acts.push(seen);
  }
  const { actingUserId } = account;
  const seen = { first, again, delta, last, acts, ids, actingUserId };
  if (acts.length === 0) return { ...seen, after: last };
  await sync('DELTA');
  return { ...seen, after: await look() };
}

/** Syncs again, lets recruiters work, and syncs twice more. */
async function goOn(
  world: EmulatedWorld,
  { edits }: Plan,
  sync: (type: 'FULL' | 'DELTA') => Promise<void>,
  look: () => Promise<Picture>,
): Promise<Pick<Course, 'again' | 'delta' | 'last'>> {
  await sync('FULL');
  const again = await look();
  if (edits.length > 0) await world.edit(...edits);
  await sync('DELTA');
  const delta = await look();
  await sync('FULL');
  return { again, delta, last: await look() };
}

/** A connector, the account that it reads, and what shows it from Gem's side. */
interface Stage {
  account: Account;
  connector: Adapter;
  readGem: (account: Account) => Promise<GemRecords>;
}

async function takePicture({ account, connector, readGem }: Stage): Promise<Picture> {
  return {
    lists: coveredLists(connector),
    gem: await readGem(account),
    unified: await readLists(connector, account, {}),
    withDeleted: await readLists(connector, account, { include_deleted: 'true' }),
  };
}

/** The lists of which a connector says that it covers something; all, where it says nothing. */
function coveredLists({ covers }: Adapter): ListName[] {
  return listNames.filter((list) => covers?.some((need) => need.startsWith(`${list}.`)) ?? true);
}

async function readLists(
  connector: Adapter,
  account: Account,
  query: Record<string, string>,
): Promise<UnifiedItems> {
  const lists: Partial<Record<ListName, unknown>> = {};
  const covered = coveredLists(connector);
  for (const name of listNames) {
    lists[name] = covered.includes(name) ? await list(connector, account, name, query) : [];
  }
  // Each list stands under its own name.
  return lists as unknown as UnifiedItems;
}

function list<Name extends ListName>(
  connector: Adapter,
  account: Account,
  name: Name,
  query: Readonly<Record<string, string>>,
): Promise<ItemOf[Name][]> {
  return doing(`the list ${name}`, async () => {
    const items: unknown = await connector.list(account, name, query);
    if (!Array.isArray(items)) throw new Error(`it gave ${inWords(items)}, and no list`);
    // What does not keep to the unified description shows in what the rules make of it.
    return items;
  });
}

async function perform(
  world: EmulatedWorld,
  { account, connector }: Stage,
  { act, rule, names, asked, shown }: Performance,
): Promise<ActSeen> {
  const operation = unifiedDescription.operations.get(act.operation);
  if (!operation)
    throw new Error(`the rule ${rule} asks for ${act.operation}, which the unified API does not have`);
  const path = Object.fromEntries(
    Object.entries(act.path ?? {}).map(([name, value]) => [name, String(resolve({ unified: value }, names))]),
  );
  const body = resolve(act.body, names);
  const mark = await world.mark();
  const answer = await doing(act.operation, async () => {
    const given: unknown = await connector.act(account, {
      operation: act.operation,
      method: operation.method.toUpperCase(),
      path: operation.path.replaceAll(/\{(\w+)\}/g, (_all, name: string) =>
        encodeURIComponent(path[name] ?? ''),
      ),
      body,
    });
    if (isAnswer(given)) return given;
    throw new Error(`it gave ${inWords(given)}, and no status`);
  });
  const changes = await world.changes(mark);
  const isWritten = Object.values(changes).some((records) => records.length > 0);
  return {
    act,
    title: `of the rule ${rule}`,
    sent: { path, body },
    status: answer.status,
    answer: answer.body,
    changes,
    requests: await world.requests.list(asked),
    shown: isWritten
      ? {
          candidates: await list(connector, account, 'candidates', {}),
          applications: await list(connector, account, 'applications', {}),
        }
      : shown,
  };
}

function isAnswer(given: unknown): given is ActionAnswer {
  return typeof given === 'object' && given !== null && 'status' in given && typeof given.status === 'number';
}

/** An act, and what there was before it. */
interface Performance {
  act: Act;
  /** Whose act it is. */
  rule: string;
  names: Names;
  /** The number of the last request that was made of Gem. */
  asked: number;
  shown: ActSeen['shown'];
}

/** What a label becomes, by the word that stands before it in a body. */
type Names = Readonly<Record<'unified' | 'remote' | 'prefixed', (label: string) => string>>;

function toNames(ids: ReadonlyMap<string, string>, unified: UnifiedItems): Names {
  const unifiedIds = new Map(
    listNames.flatMap((name) => unified[name].map(({ id, remote_id }) => [remote_id, id] as const)),
  );
  const remote = (label: string) => ids.get(label) ?? label;
  return {
    remote,
    unified: (label) => unifiedIds.get(remote(label)) ?? remote(label),
    prefixed: (label) => `remote:${remote(label)}`,
  };
}

/** Puts ids where a value speaks of records by label. */
function resolve(value: unknown, names: Names): unknown {
  if (Array.isArray(value)) return value.map((inner) => resolve(inner, names));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (only && entries.length === 1) {
    const [word, label] = only;
    const name = words.find((known) => known === word);
    if (name && typeof label === 'string') return names[name](label);
    if (name && typeof label === 'object') return resolve(label, names);
  }
  return Object.fromEntries(entries.map(([key, inner]) => [key, resolve(inner, names)]));
}

const words = ['unified', 'remote', 'prefixed'] as const satisfies readonly (keyof Names)[];

async function accountOf(world: EmulatedWorld, applicationSecret: string): Promise<Account> {
  const { company } = await world.state();
  const actingUserId = idsOf(await world.labels()).get(actor);
  if (actingUserId === undefined) throw new Error(`the scenario ${base} has nobody called ${actor}`);
  return { url: world.url, apiKey: world.key, applicationSecret, jobBoard: company.vanity, actingUserId };
}

/** Who acts in Gem: a label of the scenario that all worlds start from. */
const actor = 'paula';

function idsOf(labels: ControlSchemas['Labels']): Map<string, string> {
  return new Map(Object.entries(labels).map(([label, { id }]) => [label, id] as const));
}

async function doing<Result>(task: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw new ConnectorFailed(task, error);
  }
}
