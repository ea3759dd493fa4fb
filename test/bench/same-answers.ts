// `node test/bench/same-answers.ts FOLDER`: whether the emulator answers as the one of another checkout does, byte for byte. Both
// get the same requests in turn, calls of every operation of Gem with chance in them; run it when something was made faster.
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fc } from '@fast-check/vitest';
import { option } from '../../contracts/server/options.ts';
import { anyCallOfGem } from '../mock-server/support/fuzzed-requests.ts';
import { readCommandLine, readPositive } from './command-line.ts';
import { exchange } from '../support/raw-requests.ts';
import { freePort } from './cold-start.ts';

const { options, named } = readCommandLine(
  'node test/bench/same-answers.ts',
  {
    requests: option('--requests <number>', 'how many are made', { read: readPositive, default: 10_000 }),
    seed: option('--seed <number>', 'what they are made from', { read: readPositive, default: 20_261_130 }),
  },
  (command) =>
    command
      .description('Tells whether the emulator of another checkout answers the same, byte for byte.')
      .argument('<folder>', 'the other checkout'),
);
const [other = ''] = named;
const { requests: count, seed } = options;
/** How many requests are made at once. */
const batch = 250;

const servers = [await start(resolve(other)), await start(resolve(import.meta.dirname, '../..'))] as const;
const statuses = new Map<number, number>();
let different = 0;
try {
  for (let sent = 0; sent < count; sent += batch) {
    const calls = fc.sample(anyCallOfGem(), {
      numRuns: Math.min(batch, count - sent),
      seed: seed + sent,
    });
    for (const { text } of calls) await compare(text);
  }
} finally {
  for (const { stop } of servers) stop();
}
const told = [...statuses]
  .sort(([one], [another]) => one - another)
  .map(([status, times]) => `${times} × ${status}`);
process.stdout.write(`${count} requests, ${different} answered otherwise (${told.join(', ')})\n`);
process.exitCode = different > 0 ? 1 : 0;

async function compare(text: string): Promise<void> {
  const [before, now] = await Promise.all(
    servers.map(({ url }) => exchange(url, text, { patience: 60_000 })),
  );
  if (!before || !now) return;
  statuses.set(now.status, (statuses.get(now.status) ?? 0) + 1);
  if (withoutNow(before.head) === withoutNow(now.head) && before.body === now.body) return;
  different += 1;
  if (different > 5) return;
  const answers = [before, now].map(({ head, body }) => `${head}\n\n${body}`.slice(0, 3000));
  process.stderr.write(`${text.slice(0, 2000)}\n--- there\n${answers[0]}\n--- here\n${answers[1]}\n\n`);
}

/** A refusal that no world is known for has the machine's own date, which may be another a moment later. */
function withoutNow(head: string): string {
  return head.replace(/^Date: (?!Mon, 16 Nov 2026 09:00:00 GMT).*$/m, 'Date: now');
}

/** Starts the emulator of a checkout, with a clock that stands still. */
async function start(folder: string): Promise<{ url: string; stop: () => void }> {
  const port = await freePort();
  // Under a clock that stands still, a limit that is reached once is never over.
  const flags = ['serve', '--port', String(port), '--freeze', '2026-11-16T09:00:00.000Z', '--no-rate-limit'];
  const child = spawn(process.execPath, ['mock-server/mock-gem.js', ...flags], {
    cwd: folder,
    stdio: 'ignore',
  });
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 600; tries += 1) {
    const answer = await fetch(`${url}/openapi.json`).catch(() => undefined);
    if (answer?.ok === true) return { url, stop: () => child.kill() };
    if (child.exitCode !== null) break;
    await wait(100);
  }
  child.kill();
  throw new Error(`the emulator of ${folder} does not start`);
}
