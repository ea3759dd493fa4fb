// Requests and documents that are nearly right, and bytes that are nearly requests, to every entrance of the emulator; its
// command lines are in cli/fuzz.program.test.ts. DEEP=1 sends two hundred thousand to an emulator in a process of its own,
// DEEP_REQUESTS as many as it says; DEEP_SEED repeats a run.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fc } from '@fast-check/vitest';
import { expect, onTestFinished, test } from 'vitest';
import { startGem } from '../support/gem.ts';
import type { Measured } from './support/fuzzed-emulator.ts';
import {
  anyRequest,
  everyCall,
  keysOf,
  send,
  type FuzzedRequest,
  type Outcome,
} from './support/fuzzed-requests.ts';
import { isDeep } from '../support/deep.ts';

const requests = Number(process.env['DEEP_REQUESTS'] ?? (isDeep ? 200_000 : 150));
const seed = Number(process.env['DEEP_SEED'] ?? 20_261_130);
/** Requests that are under way at once. */
const lanes = Array.from({ length: 8 }, (_, lane) => lane);
/** Milliseconds that an answer may take; where other tests run beside this one, that says little. */
const patience = 60_000;
/** Milliseconds of processor time that the emulator may work without looking at anybody else. */
const longest = 1000;
/** How many are made at once. */
const batch = Math.min(requests, 250);

test(
  `${requests} requests to an emulator are all answered: none with an error of ours, none without the shape of its kind, none late`,
  { timeout: 36_000_000 },
  async () => {
    const { url, measure } = await (isDeep ? startApart() : startHere());
    const known = await knownOf(url);
    const anything = anyRequest(known.documents, known.files);
    const statuses = new Map<string, number>();
    const memory: number[] = [];
    let slowest = 0;
    const ask = async (queue: FuzzedRequest[], repeat: string) => {
      const outcomes: Outcome[] = [];
      await Promise.all(
        lanes.map(async (lane) => {
          for (let request = queue.pop(); request; request = queue.pop()) {
            const outcome = await send(url, request, lane, patience);
            outcomes.push(outcome);
            const kind = `${request.kind} ${outcome.status}`;
            statuses.set(kind, (statuses.get(kind) ?? 0) + 1);
          }
        }),
      );
      const wrong = outcomes.filter((outcome) => outcome.wrong !== undefined);
      expect(wrong.slice(0, 3), repeat).toEqual([]);
      const measured = await measure();
      expect(measured.defects, repeat).toEqual([]);
      slowest = Math.max(slowest, measured.longest);
      const slow = outcomes.sort((one, other) => other.milliseconds - one.milliseconds).slice(0, 3);
      expect(measured.longest, `${repeat}, perhaps ${JSON.stringify(slow)}`).toBeLessThan(longest);
    };

    await ask(
      everyCall().flatMap((call) => fc.sample(call, { numRuns: 1, seed })),
      `every call, seed ${seed}`,
    );
    const thirds = isDeep ? [0, 1, 2] : [0];
    for (const third of thirds) {
      const [first, end] = [third, third + 1].map((part) => (requests * part) / thirds.length);
      for (let sent = first ?? 0; sent < (end ?? 0); sent += batch) {
        await ask(fc.sample(anything, { numRuns: batch, seed: seed + sent }), `seed ${seed + sent}`);
      }
      if (!isDeep) return;
      await dropAll(url);
      memory.push((await measure()).megabytes);
      const told = { slowest, megabytes: memory.map(Math.round), statuses: Object.fromEntries(statuses) };
      process.stdout.write(`${JSON.stringify(told)}\n`);
    }
    const [, second = 0, last = 0] = memory;
    // Caches and compiled code have grown to their size by the end of the second third.
    expect(last).toBeLessThan(second * 1.1 + 20);
  },
);

interface Fuzzed {
  url: string;
  measure: () => Promise<Measured>;
}

/** Starts an emulator in this process: what it takes, and how long it works, is not measured then. */
async function startHere(): Promise<Fuzzed> {
  const { url } = await startGem({ notify: () => undefined });
  // Whatever it calls a defect fails the test when it ends.
  return { url, measure: () => Promise.resolve({ megabytes: 0, longest: 0, defects: [] }) };
}

async function startApart(): Promise<Fuzzed> {
  const child = fork(join(import.meta.dirname, 'support/fuzzed-emulator.ts'), {
    execArgv: ['--expose-gc', '--max-old-space-size=1024'],
  });
  const ended = once(child, 'exit');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const [{ url }] = await once(child, 'message');
  const measure = async () => {
    child.send('measure');
    const [measured] = await once(child, 'message');
    return measured;
  };
  return { url, measure };
}

/** Worlds as the emulator exports them, and links to files. */
async function knownOf(url: string): Promise<{ documents: unknown[]; files: string[] }> {
  const documents: unknown[] = [];
  for (const scenario of ['empty', 'rejected-elsewhere']) {
    const key = scenario.replaceAll('-', '').padEnd(40, '0');
    await control(url, 'POST', '/worlds', { key, scenario });
    documents.push(await control(url, 'GET', `/worlds/${key}/export`));
  }
  const response = await fetch(`${url}/ats/v0/candidates/?per_page=500`, {
    headers: { 'X-API-Key': 'MockGemDefaultWorldMockGemDefaultWorld01' },
  });
  const candidates: { attachments: { url: string }[] }[] = JSON.parse(await response.text());
  const files = candidates.flatMap(({ attachments }) => attachments.map((file) => file.url.replace(url, '')));
  return { documents, files: files.slice(0, 10) };
}

/** Drops whatever was made: worlds, and templates by others that are small. */
async function dropAll(url: string): Promise<void> {
  for (const key of lanes.flatMap(keysOf)) await fetch(`${url}/_control/worlds/${key}`, { method: 'DELETE' });
  const { worlds } = (await control(url, 'GET', '/worlds')) as {
    worlds: { id: string; is_first: boolean }[];
  };
  for (const { id, is_first } of worlds) {
    await (is_first ? control(url, 'POST', `/worlds/${id}/reset`) : control(url, 'DELETE', `/worlds/${id}`));
  }
  const { snapshots } = (await control(url, 'GET', '/snapshots')) as { snapshots: { name: string }[] };
  for (const { name } of snapshots) await control(url, 'DELETE', `/snapshots/${name}`);
  await control(url, 'DELETE', '/requests');
  const key = 'last'.padEnd(40, '0');
  for (let nth = 0; nth < 40; nth += 1) {
    await control(url, 'POST', '/worlds', { key, scenario: 'empty', seed: `${nth}` });
  }
  await control(url, 'DELETE', `/worlds/${key}`);
}

async function control(url: string, method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${url}/_control${path}`, {
    method,
    ...(body !== undefined && {
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}: ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}
