import { start, type Child } from '../children.ts';
import { median } from '../median.ts';
import type { Setting, Task } from './connector.ts';
import type { BenchDatabase, Place } from './databases.ts';
import type { Change, Started } from './emulator.ts';
import type { Usage } from './usage.ts';

/** What was measured on one database: medians. */
export interface Measured {
  database: BenchDatabase['name'];
  /** Raw JSON and nothing else. */
  floor: Usage;
  /** The first full sync. */
  first: Usage;
  /** A full sync that finds nothing changed. */
  again: Usage;
  /** The first full sync of an integration whose rows carry Gem's records as they came. */
  withRemoteData: Usage;
  /** A delta sync of the same number of changes, in a small and in a large account. */
  smallDelta: Usage;
  largeDelta: Usage;
  /** Pages of 100 candidates of the large account: at the first read, and at later ones. */
  newPages: Usage;
  pages: Usage;
  /** Polls that find nothing new, in a small and in a large account. */
  smallPoll: Usage;
  largePoll: Usage;
}

/** An emulator that runs. */
export interface Account extends Started {
  child: Child;
}

export interface Effort {
  /** How often everything about full syncs is done. */
  rounds: number;
  /** How many delta syncs are measured. */
  deltas: number;
  /** How many candidates change before each of them. */
  changes: number;
  /** Milliseconds for one database; what is measured more than once is measured less often where they are over. */
  milliseconds: number;
}

/** Told how far it is, for people. */
export type Say = (line: string) => void;

/** Measures a database: full syncs of the large account, and delta syncs of both. */
export async function measure(
  database: BenchDatabase,
  { small, large }: { small: Account; large: Account },
  effort: Effort,
  say: Say,
): Promise<Measured> {
  const end = performance.now() + effort.milliseconds;
  const rounds: Awaited<ReturnType<typeof measureFull>>[] = [];
  for (let round = 1; round <= effort.rounds; round += 1) {
    const began = performance.now();
    say(`${database.name}: full syncs, round ${round} of ${effort.rounds}`);
    rounds.push(await measureFull(database, large));
    // Delta syncs begin with a full one, and want as long as half a round.
    const took = performance.now() - began;
    if (performance.now() + 1.5 * took > end) break;
  }
  const syncedTwice = await measureDeltas(database, [small, large], { ...effort, end, say });
  return {
    database: database.name,
    floor: middle(rounds.map(({ floor }) => floor)),
    first: middle(rounds.map(({ first }) => first)),
    again: middle(rounds.map(({ again }) => again)),
    withRemoteData: middle(rounds.map(({ withRemoteData }) => withRemoteData)),
    ...syncedTwice,
  };
}

/** Each in a process of its own, so that each has a peak of its own, and on a place that is as full as it would be. */
async function measureFull(database: BenchDatabase, account: Account) {
  const [raw, plain, whole] = [await database.make(), await database.make(), await database.make()];
  const measured = {
    floor: await once(raw, account, 'floor'),
    first: await once(plain, account, 'FULL'),
    again: await once(plain, account, 'FULL'),
    withRemoteData: await once(whole, account, 'FULL', true),
  };
  for (const place of [raw, plain, whole]) await place.remove();
  return measured;
}

/** Both accounts in turn, so that what else the machine does meets both alike; then their lists. */
async function measureDeltas(
  database: BenchDatabase,
  accounts: readonly [Account, Account],
  { deltas, changes, end: over, say }: Effort & { end: number; say: Say },
): Promise<Pick<Measured, 'smallDelta' | 'largeDelta' | 'newPages' | 'pages' | 'smallPoll' | 'largePoll'>> {
  const places = [await database.make(), await database.make()] as const;
  const connectors = [
    await startConnector(places[0], accounts[0]),
    await startConnector(places[1], accounts[1]),
  ] as const;
  const usages: [Usage[], Usage[]] = [[], []];
  for (const connector of connectors) await perform(connector, 'FULL');
  for (let round = 0; round < warmUps + deltas; round += 1) {
    if (round > warmUps && performance.now() > over) break;
    say(`${database.name}: delta syncs, ${round + 1} of ${warmUps + deltas}`);
    for (const which of [0, 1] as const) {
      await accounts[which].child.ask({ candidates: changes } satisfies Change);
      const usage = await perform(connectors[which], 'DELTA');
      if (round >= warmUps) usages[which].push(usage);
    }
  }
  say(`${database.name}: lists`);
  const newPages: Usage[] = [];
  const pages: Usage[] = [];
  const polls: [Usage[], Usage[]] = [[], []];
  for (let round = 0; round < warmUps + listRounds; round += 1) {
    const newPage = await perform(connectors[1], 'new pages');
    const page = await perform(connectors[1], 'pages');
    const polled = [await perform(connectors[0], 'polls'), await perform(connectors[1], 'polls')] as const;
    if (round < warmUps) continue;
    newPages.push(newPage);
    pages.push(page);
    for (const which of [0, 1] as const) polls[which].push(polled[which]);
  }
  for (const connector of connectors) await end(connector);
  for (const place of places) await place.remove();
  return {
    smallDelta: middle(usages[0]),
    largeDelta: middle(usages[1]),
    newPages: middle(newPages),
    pages: middle(pages),
    smallPoll: middle(polls[0]),
    largePoll: middle(polls[1]),
  };
}

/** A process that has just started takes longer, whatever it does. */
const warmUps = 3;

const listRounds = 5;

async function once(place: Place, account: Account, task: Task, isRemoteDataEnabled = false): Promise<Usage> {
  const connector = await startConnector(place, account, isRemoteDataEnabled);
  const usage = await perform(connector, task);
  await end(connector);
  return usage;
}

async function startConnector(
  place: Place,
  { url, apiKey }: Account,
  isRemoteDataEnabled = false,
): Promise<Child> {
  const setting: Setting = { place: place.open, gem: { url, apiKey }, isRemoteDataEnabled };
  const [connector] = await start('connector/connector.ts', JSON.stringify(setting));
  return connector;
}

async function perform(connector: Child, task: Task): Promise<Usage> {
  return (await connector.ask({ task })) as Usage;
}

async function end(connector: Child): Promise<void> {
  await connector.ask({ task: 'close' satisfies Task });
  connector.stop();
}

function middle(usages: readonly Usage[]): Usage {
  const of = (value: (usage: Usage) => number) => median(usages.map(value));
  const hasServer = usages.every(({ serverMs }) => serverMs !== null);
  return {
    milliseconds: of(({ milliseconds }) => milliseconds),
    processorMs: of(({ processorMs }) => processorMs),
    serverMs: hasServer ? of(({ serverMs }) => serverMs ?? 0) : null,
    rows: of(({ rows }) => rows),
    peakMiB: of(({ peakMiB }) => peakMiB),
    serverPeakMiB: hasServer ? of(({ serverPeakMiB }) => serverPeakMiB ?? 0) : null,
  };
}
