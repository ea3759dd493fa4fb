// Requests that are nearly right, and bytes that are nearly requests, to everything that the connector serves. DEEP=1 sends
// a hundred thousand, DEEP_REQUESTS as many as it says; DEEP_SEED repeats a run.
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fc } from '@fast-check/vitest';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startMockGem } from '../../../mock-server/server.ts';
import { placeOnPostgres } from '../../support/databases.ts';
import type { FuzzedConnector } from './support/fuzzed-connector.ts';
import { anyRequest, knownOf, send, type Outcome, type Target } from './support/fuzzed-requests.ts';
import { isDeep } from '../../support/deep.ts';

const requests = Number(process.env['DEEP_REQUESTS'] ?? (isDeep ? 100_000 : 120));
const seed = Number(process.env['DEEP_SEED'] ?? 20_260_601);
/** Requests that are under way at once. */
const lanes = 8;
/** Milliseconds that an answer may take; where other tests run beside this one, that says little. */
const patience = isDeep ? 5000 : 50_000;

const databases = [
  { name: 'PGlite', makePlace: placeInFolder },
  { name: 'PostgreSQL', makePlace: () => placeOnPostgres() },
];

describe.each(isDeep ? databases : databases.slice(0, 1))(
  `${requests} requests to a connector on $name`,
  { timeout: 3_600_000 },
  ({ makePlace }) => {
    test('are all answered: none with an error of ours, none without the shape of its kind, none late', async () => {
      const { child, target } = await start(await makePlace());
      const arbitrary = anyRequest(await knownOf(target));
      const wrong: Outcome[] = [];
      const statuses = new Map<string, number>();
      const memory: number[] = [];
      let [slowest, sent] = [0, 0];
      for (const third of [1, 2, 3]) {
        for (; sent < (requests * third) / 3; sent += batch) {
          const batchSeed = seed + sent;
          const queue = fc.sample(arbitrary, { numRuns: batch, seed: batchSeed });
          await Promise.all(
            Array.from({ length: lanes }, async () => {
              for (let request = queue.pop(); request; request = queue.pop()) {
                const outcome = await send(target, request, patience);
                slowest = Math.max(slowest, outcome.milliseconds);
                const kind = `${request.kind} ${outcome.status}`;
                statuses.set(kind, (statuses.get(kind) ?? 0) + 1);
                if (outcome.wrong !== undefined) wrong.push(outcome);
              }
            }),
          );
          expect(wrong.slice(0, 3), `seed ${batchSeed}`).toEqual([]);
        }
        memory.push(await memoryOf(child));
        if (!isDeep) continue;
        const told = {
          sent,
          slowest,
          megabytes: memory.map(Math.round),
          statuses: Object.fromEntries(statuses),
        };
        process.stdout.write(`${JSON.stringify(told)}\n`);
      }
      const [, second = 0, last = 0] = memory;
      // Caches and compiled code have grown to their size by the end of the second third.
      expect(last).toBeLessThan(second * 1.1 + 20);
    });
  },
);

/** How many are made at once. */
const batch = Math.min(requests, 250);

function placeInFolder(): Promise<FuzzedConnector['place']> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'fuzz-'));
  onTestFinished(() => rmSync(dataDirectory, { recursive: true, force: true }));
  return Promise.resolve({ dataDirectory });
}

/** Starts an emulator here, and a connector in a process of its own that has synced it. */
async function start(place: FuzzedConnector['place']): Promise<{ child: ChildProcess; target: Target }> {
  const gem = await startMockGem({ port: 0, switches: { rate_limit: 'off' } });
  onTestFinished(() => gem.close());
  const { url, apiKey, applicationSecret } = gem;
  const told = JSON.stringify({ place, gem: { url, apiKey, applicationSecret } } satisfies FuzzedConnector);
  const child = fork(join(import.meta.dirname, 'support/fuzzed-connector.ts'), [told], {
    execArgv: ['--expose-gc'],
  });
  const ended = once(child, 'exit');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const [target] = await once(child, 'message');
  return { child, target: { ...target, gemKey: apiKey } };
}

async function memoryOf(child: ChildProcess): Promise<number> {
  child.send('measure');
  const [{ megabytes }] = await once(child, 'message');
  return megabytes;
}
