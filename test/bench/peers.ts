// `npm run bench -- --peers`: the same three pieces of work for others who keep records behind HTTP. They are installed into a folder of
// their own for it, at the versions that stand here, and hold the very candidates that the emulator sends.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { start } from './children.ts';
import { freePort } from './cold-start.ts';
import type { Started } from './emulator.ts';
import type { Load } from './load.ts';
import { newPerson, run, toRequest, type Effort, type Say } from './measure.ts';
import { spreadOf, type Spread } from './median.ts';

/** The pieces of work, each with what somebody does a second. */
type Work = 'list' | 'get' | 'create';

/** How somebody did. */
export interface PeerResult {
  name: string;
  perSecond: Record<Work, Spread>;
  /** From the start of the program to its first answer, with all records. */
  readyMs: number;
}

export interface PeerResults {
  date: string;
  candidates: number;
  results: PeerResult[];
}

interface Candidate {
  id: string;
}

interface Peer {
  name: string;
  version: string;
  /** Writes what it starts from into its folder. @returns what Node is told there */
  prepare(folder: string, candidates: readonly Candidate[], port: number): string[];
  /** The path of a page of a hundred. */
  page(number: number): string;
}

const peers: Peer[] = [
  {
    name: 'json-server',
    version: '0.17.4',
    prepare(folder, candidates, port) {
      writeFileSync(join(folder, 'db.json'), JSON.stringify({ candidates }));
      return ['node_modules/json-server/lib/cli/bin.js', 'db.json', '--port', String(port), '--quiet'];
    },
    page: (number) => `/candidates?_page=${number}&_limit=100`,
  },
  {
    name: '@mockoon/cli',
    version: '9.9.0',
    prepare(folder, candidates, port) {
      const response = {
        uuid: 'response',
        bodyType: 'DATABUCKET',
        databucketID: 'data',
        crudKey: 'id',
        default: true,
      };
      const routes = [{ uuid: 'route', type: 'crud', endpoint: 'candidates', responses: [response] }];
      const data = [{ uuid: 'bucket', id: 'data', name: 'candidates', value: JSON.stringify(candidates) }];
      const environment = { name: 'bench', port, hostname: '127.0.0.1', routes, data };
      writeFileSync(join(folder, 'mockoon.json'), JSON.stringify(environment));
      return [
        'node_modules/@mockoon/cli/bin/run.js',
        'start',
        '--data',
        'mockoon.json',
        '--repair',
        '--disable-log-to-file',
      ];
    },
    page: (number) => `/candidates?page=${number}&limit=100`,
  },
  {
    name: 'emulate',
    version: '0.12.2',
    // It emulates other services: what it has for ones of one's own keeps the records in a list and finds them by their id.
    prepare(folder, candidates, port) {
      writeFileSync(join(folder, 'candidates.json'), JSON.stringify(candidates));
      const program = `
        import { readFileSync } from 'node:fs';
        import { createEmulator, defineEmulator } from 'emulate';
        const all = JSON.parse(readFileSync('candidates.json', 'utf8'));
        const service = defineEmulator({
          name: 'candidates',
          state: () => ({ order: all.map(({ id }) => id), byId: Object.fromEntries(all.map((one) => [one.id, one])) }),
          setup({ app, state }) {
            app.get('/candidates', (c) => {
              const from = (Number(c.req.query('page')) - 1) * 100;
              return c.json(state.order.slice(from, from + 100).map((id) => state.byId[id]));
            });
            app.get('/candidates/:id', (c) => c.json(state.byId[c.req.param('id')]));
            app.post('/candidates', async (c) => {
              const one = { id: 'new' + state.order.length, ...(await c.req.json()) };
              state.order.push(one.id);
              state.byId[one.id] = one;
              return c.json(one, 201);
            });
          },
        });
        await createEmulator({ service, port: ${port} });
      `;
      writeFileSync(join(folder, 'emulate.mjs'), program);
      return ['emulate.mjs'];
    },
    page: (number) => `/candidates?page=${number}`,
  },
];

/** Measures the emulator and all peers, one after the other. */
export async function comparePeers(candidates: number, effort: Effort, say: Say): Promise<PeerResults> {
  const folder = mkdtempSync(join(tmpdir(), 'mock-gem-peers-'));
  try {
    say('installing peers');
    writeFileSync(join(folder, 'package.json'), '{"private":true}');
    const packages = peers.map(({ name, version }) => `${name}@${version}`);
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--silent', ...packages], {
      cwd: folder,
      stdio: 'inherit',
      shell: process.platform === 'win32',
    });
    const { all, result } = await measureEmulator(candidates, effort, say);
    const results = [result];
    for (const peer of peers) results.push(await measurePeer(peer, folder, all, effort, say));
    return { date: new Date().toISOString().slice(0, 10), candidates, results };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureEmulator(count: number, effort: Effort, say: Say) {
  say(`${count} candidates: mock-gem`);
  const began = performance.now();
  const [emulator, first] = await start('emulator.ts', String(count));
  const readyMs = performance.now() - began;
  const { url, apiKey, candidateIds, jobId } = first as Started;
  try {
    const all: Candidate[] = [];
    for (let page = 1; all.length < count; page += 1) {
      const answer = await fetch(`${url}/ats/v0/candidates/?per_page=500&page=${page}`, {
        headers: { 'X-API-Key': apiKey },
      });
      all.push(...((await answer.json()) as Candidate[]));
    }
    const perSecond = await measureWork(url, effort, {
      list: pagesOf(count).map((page) =>
        toRequest('GET', `/ats/v0/candidates/?per_page=100&page=${page}`, apiKey),
      ),
      get: candidateIds.map((id) => toRequest('GET', `/ats/v0/candidates/${id}`, apiKey)),
      create: [toRequest('POST', '/ats/v0/candidates/', apiKey, newPerson(jobId))],
    });
    return { all, result: { name: 'mock-gem', perSecond, readyMs } };
  } finally {
    emulator.stop();
  }
}

async function measurePeer(
  peer: Peer,
  folder: string,
  candidates: readonly Candidate[],
  effort: Effort,
  say: Say,
): Promise<PeerResult> {
  const { name, version } = peer;
  say(`${candidates.length} candidates: ${name}`);
  const port = await freePort();
  const flags = peer.prepare(folder, candidates, port);
  const began = performance.now();
  const child = spawn(process.execPath, flags, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  const url = `http://127.0.0.1:${port}`;
  try {
    while (!(await answers(`${url}/candidates/${candidates[0]?.id}`))) {
      if (child.exitCode !== null) throw new Error(`${name} ended before it listened`);
      await wait(5);
    }
    const readyMs = performance.now() - began;
    const perSecond = await measureWork(url, effort, {
      list: pagesOf(candidates.length).map((page) => toRequest('GET', peer.page(page), '')),
      get: candidates.map(({ id }) => toRequest('GET', `/candidates/${id}`, '')),
      create: [toRequest('POST', '/candidates', '', newPerson(candidates[0]?.id ?? ''))],
    });
    return { name: `${name} ${version}`, perSecond, readyMs };
  } finally {
    child.kill();
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

/** Each piece of work once to warm up, then round by round. */
async function measureWork(
  url: string,
  { rounds, milliseconds }: Effort,
  requests: Record<Work, string[]>,
): Promise<PeerResult['perSecond']> {
  const [load] = await start('load.ts');
  const measureOne = async (work: Work): Promise<Spread> => {
    const order: Omit<Load, 'host' | 'port'> = {
      requests: requests[work],
      connections: 8,
      milliseconds,
      status: work === 'create' ? 201 : 200,
      ...(work === 'create' && { numbered: '########' }),
    };
    await run(load, url, order);
    const seen: number[] = [];
    while (seen.length < rounds) seen.push((await run(load, url, order)).perSecond);
    return spreadOf(seen);
  };
  try {
    const [list, get] = [await measureOne('list'), await measureOne('get')];
    return { list, get, create: await measureOne('create') };
  } finally {
    load.stop();
  }
}

function pagesOf(count: number): number[] {
  return Array.from({ length: Math.ceil(count / 100) }, (_, index) => index + 1);
}

const kept = new URL('peers.json', import.meta.url);

/** Keeps what was measured for the page. */
export function keepPeers(results: PeerResults): void {
  writeFileSync(kept, `${JSON.stringify(results, null, 2)}\n`);
}

/** What was measured last; undefined where nobody did. */
export function lastPeers(): PeerResults | undefined {
  try {
    return JSON.parse(readFileSync(kept, 'utf8')) as PeerResults;
  } catch {
    return undefined;
  }
}
