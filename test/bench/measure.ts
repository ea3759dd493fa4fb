import { start, type Child } from './children.ts';
import { median, spreadOf, type Spread } from './median.ts';
import type { BareStarted } from './bare-server.ts';
import type { Memory, Started } from './emulator.ts';
import type { Load, Throughput } from './load.ts';
import { changedSince } from './large-world.ts';

/** One kind of request, against the emulator and against the bare server that answers the same bytes. */
export interface Comparison {
  emulator: Throughput;
  bare: Throughput;
  /** The one beside the other, round by round: what else the machine does meets both of a round. */
  ratio: Spread;
}

/** What was measured in a world of one size. */
export interface Measured {
  candidates: number;
  generateMs: number;
  loadMs: number;
  /** Resident memory in MiB: freshly seeded, after every candidate was sent once, and over and over. */
  seededMiB: number;
  sentMiB: number;
  usedMiB: number;
  list: Comparison;
  get: Comparison;
  delta: Comparison;
  filtered: Comparison;
  create: Comparison;
}

export interface Effort {
  rounds: number;
  milliseconds: number;
}

/** Told how far it is, for people. */
export type Say = (line: string) => void;

/** Measures a world of a size: every kind of request in turn against both servers, round by round. */
export async function measure(candidates: number, effort: Effort, say: Say): Promise<Measured> {
  say(`${candidates} candidates: seeding`);
  const [emulator, first] = await start('emulator.ts', String(candidates));
  const started = first as Started;
  const [bare, second] = await start('bare-server.ts', started.url);
  const [load] = await start('load.ts');
  try {
    const urls = [started.url, (second as BareStarted).url] as const;
    const compare = (what: string, work: Omit<Load, 'host' | 'port' | 'milliseconds'>) => {
      say(`${candidates} candidates: ${what}`);
      return inTurn(load, urls, work, effort);
    };
    const get = (path: string) => toRequest('GET', path, started.apiKey);
    const pages = Array.from({ length: Math.ceil(candidates / 100) }, (_, index) =>
      get(`/ats/v0/candidates/?per_page=100&page=${index + 1}`),
    );
    // Enough of them to be found anywhere, few enough that the bare server learns them in a second.
    const every = Math.ceil(candidates / 2000);
    const ids = started.candidateIds.filter((_, index) => index % every === 0);
    const items = ids.map((id) => get(`/ats/v0/candidates/${id}`));
    const seededMiB = await memory(emulator);
    await run(load, started.url, { requests: pages, connections: 8, status: 200, milliseconds: 0 });
    const sentMiB = await memory(emulator);
    const list = await compare('lists', { requests: pages, connections: 8, status: 200 });
    const item = await compare('one by its id', { requests: items, connections: 8, status: 200 });
    const delta = await compare('the last changes', changesOf(started));
    // Before what adds to it: the bytes of applications, and tens of thousands of new candidates.
    const usedMiB = await memory(emulator);
    // Every application is active, so the last page is as far from the first as in a listing without a filter.
    const active = Array.from({ length: Math.ceil(candidates / 200) }, (_, index) =>
      get(`/ats/v0/applications/?per_page=100&status=active&page=${index + 1}`),
    );
    const filtered = await compare('lists by status', { requests: active, connections: 8, status: 200 });
    const create = await compare('creates', {
      requests: [toRequest('POST', '/ats/v0/candidates/', started.apiKey, newPerson(started.jobId))],
      numbered: '########',
      connections: 8,
      status: 201,
    });
    const { generateMs, loadMs } = started;
    return {
      candidates,
      generateMs,
      loadMs,
      seededMiB,
      sentMiB,
      usedMiB,
      list,
      get: item,
      delta,
      filtered,
      create,
    };
  } finally {
    for (const child of [load, bare, emulator]) child.stop();
  }
}

/** Measures in a world of a size no more than how long the list of its last changes takes. */
export async function measureDelta(candidates: number, effort: Effort, say: Say): Promise<Comparison> {
  say(`${candidates} candidates: the last changes`);
  const [emulator, first] = await start('emulator.ts', String(candidates));
  const started = first as Started;
  const [bare, second] = await start('bare-server.ts', started.url);
  const [load] = await start('load.ts');
  try {
    return await inTurn(load, [started.url, (second as BareStarted).url], changesOf(started), effort);
  } finally {
    for (const child of [load, bare, emulator]) child.stop();
  }
}

/** One connection: what counts is how long one answer takes. */
function changesOf({ apiKey }: Started): Omit<Load, 'host' | 'port' | 'milliseconds'> {
  const changes = `/ats/v0/candidates/?per_page=100&updated_after=${changedSince}`;
  return { requests: [toRequest('GET', changes, apiKey)], connections: 1, status: 200 };
}

/** First a warm-up of both servers, then rounds that take turns, then the median round of each. */
async function inTurn(
  load: Child,
  [emulatorUrl, bareUrl]: readonly [string, string],
  work: Omit<Load, 'host' | 'port' | 'milliseconds'>,
  { rounds, milliseconds }: Effort,
): Promise<Comparison> {
  const [emulator, bare]: [Throughput[], Throughput[]] = [[], []];
  for (const url of [emulatorUrl, bareUrl]) {
    // Every answer once, so that both have their bytes, then a while at full speed.
    await run(load, url, { ...work, milliseconds: 0 });
    await run(load, url, { ...work, milliseconds });
  }
  for (let round = 0; round < rounds; round += 1) {
    emulator.push(await run(load, emulatorUrl, { ...work, milliseconds }));
    bare.push(await run(load, bareUrl, { ...work, milliseconds }));
  }
  const ratios = emulator.map(({ perSecond }, round) => perSecond / (bare[round]?.perSecond ?? NaN));
  return { emulator: middle(emulator), bare: middle(bare), ratio: spreadOf(ratios) };
}

/** Lets a load run against a server. */
export async function run(load: Child, url: string, work: Omit<Load, 'host' | 'port'>): Promise<Throughput> {
  const { hostname, port } = new URL(url);
  return (await load.ask({ ...work, host: hostname, port: Number(port) } satisfies Load)) as Throughput;
}

function middle(throughputs: readonly Throughput[]): Throughput {
  return {
    perSecond: median(throughputs.map(({ perSecond }) => perSecond)),
    medianMs: median(throughputs.map(({ medianMs }) => medianMs)),
  };
}

async function memory(emulator: Child): Promise<number> {
  const { residentBytes } = (await emulator.ask({})) as Memory;
  return residentBytes / 1024 / 1024;
}

/** A request as it goes over the wire. */
export function toRequest(method: string, path: string, apiKey: string, body = ''): string {
  const content = body ? `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n` : '';
  return `${method} ${path} HTTP/1.1\r\nHost: bench\r\nX-API-Key: ${apiKey}\r\n${content}\r\n${body}`;
}

/** The body of a create; each has a number of its own. */
export function newPerson(job_id: string): string {
  return JSON.stringify({
    first_name: 'New',
    last_name: '########',
    email: 'new.########@example.com',
    job_id,
  });
}
