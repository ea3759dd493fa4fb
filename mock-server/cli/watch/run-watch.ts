import { writeFile } from 'node:fs/promises';
import { describeDrift, readDrift } from '../../../contracts/drift/drift.ts';
import { driftPatch } from '../../../contracts/drift/patch.ts';
import { Watch, type Finding } from '../../../contracts/harness/gem/watch/watch.ts';
import type { MirrorCounts } from '../../../contracts/harness/gem/watch/mirror-checks.ts';
import type { Listening } from '../../../contracts/server/listen.ts';
import type { ResourceName } from '../../../seeds/index.ts';
import { connectToMockGem, ControlRefused } from '../../control/client.ts';
import { Mirror, sizeOf, type MirrorOutcome } from '../../watch/mirror.ts';
import { Lull, startProxy, type RawExchange } from '../../watch/proxy.ts';
import { readExchange } from '../../watch/read-exchange.ts';
import { whyRefused } from '../running-emulator.ts';
import { abortOnSignal, reasonOf, startWhenFree, type Terminal } from '../terminal.ts';
import { writeReports } from '../verify/reports.ts';
import { LiveReport, type Standing } from './live-report.ts';
import type { WatchOptions } from './options.ts';

/** Looks on until it is interrupted, and then sums up. */
export async function runWatch(options: WatchOptions, terminal: Terminal): Promise<void> {
  const { stdout, stderr, end } = terminal;
  const target = new URL(options.gemUrl);
  const fail = (error: unknown) => {
    stderr.write(`mock-gem: ${reasonOf(error, '--port')}\n`);
    end(1, false);
  };
  const looking = new Watch({
    subject: target.origin,
    now: Date.now,
    onFinding: (finding) => stdout.write(`${lineOf(finding)}\n`),
  });
  const shown: { live?: LiveReport | undefined } = {};
  const lull = new Lull();
  let mirror: Mirror | undefined;
  try {
    mirror = await openMirror(options, lull, (operation, outcome) => {
      looking.addMirrored(operation, outcome);
      shown.live?.poke();
    });
  } catch (error) {
    return fail(error);
  }
  let unread = 0;
  /** Each is read after the one before: a mirror is asked in the order in which Gem answered. */
  let read: Promise<unknown> = Promise.resolve();
  const look = async (raw: RawExchange) => {
    const exchange = await readExchange(raw);
    if (!exchange) return void (unread += 1);
    looking.add(exchange);
    mirror?.add(exchange, raw);
  };
  let held = 0;
  const onExchange = (raw: RawExchange) => {
    const size = sizeOf(raw);
    held += size;
    read = read
      .then(() => (held > mostHeld ? undefined : lull.comes()))
      .then(() => look(raw))
      .catch(() => (unread += 1))
      .finally(() => {
        held -= size;
        shown.live?.poke();
      });
  };
  const interruption = abortOnSignal(terminal);
  const { signal } = interruption.controller;
  let proxy: Listening;
  try {
    proxy = await startWhenFree(() =>
      startProxy({
        host: options.host,
        port: options.port,
        target,
        onExchange,
        onPassing: () => lull.broken(),
      }),
    );
  } catch (error) {
    interruption.release();
    return fail(error);
  }
  looking.isEmulator ||= await isEmulatorAt(target);
  shown.live = openLiveReport(options, looking, () => ({
    url: proxy.url,
    unread,
    mirror: mirror ? { world: mirror.name, ...looking.mirrorCounts, waiting: mirror.waiting } : null,
  }));
  try {
    await shown.live?.start();
  } catch (error) {
    await proxy.close();
    interruption.release();
    const reason = whyRefused(error, options.console ?? '', undefined, '', '--console');
    return fail(new Error(reason, { cause: error }));
  }
  stderr.write(`Point your connector at ${proxy.url}; it is passed on to ${target.origin}. Ctrl-C ends.\n`);
  if (options.console !== undefined)
    stderr.write(`What is seen shows at ${options.console.replace(/\/$/, '')}/_console/watch\n`);
  if (!signal.aborted)
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  await proxy.close();
  lull.end();
  await read;
  await mirror?.finish(patience);
  await shown.live?.finish();
  interruption.release();
  try {
    stderr.write(`${summaryOf(looking, unread)}\n`);
    if (mirror) stderr.write(`${summaryOfMirror(looking.mirrorCounts)}\n`);
    const report = looking.report();
    const drift = readDrift(report);
    stdout.write(`\n${describeDrift(drift)}`);
    await writeReports(report, options);
    if (options.drift !== undefined) await writePatch(options.drift, driftPatch(drift));
    end(0, false);
  } catch (error) {
    fail(error);
  }
}

/** Bytes of exchanges that wait for a lull at most; beyond them they are looked at while others pass. */
const mostHeld = 64 * 1024 * 1024;

/** Milliseconds that a mirror has at the end for what waits. */
const patience = 10_000;

/** @throws Error in one line, where there is no such world */
async function openMirror(
  { mirror: world, mirrorUrl, console, controlToken }: WatchOptions,
  lull: Lull,
  onOutcome: (operation: string, outcome: MirrorOutcome) => void,
): Promise<Mirror | undefined> {
  if (world === undefined) return undefined;
  const url = (mirrorUrl ?? console ?? 'http://127.0.0.1:4010').replace(/\/$/, '');
  const { call } = connectToMockGem(url, { token: controlToken });
  try {
    const { key, id } = await call('getWorld', { path: { world } });
    const has = async (resource: ResourceName, record: string) => {
      try {
        const held = await call('getRecord', { path: { world: key, resource, record } });
        return held.id === record && held.record['deleted_at'] === null;
      } catch (error) {
        if (!(error instanceof ControlRefused) || error.status !== 404) throw error;
        // Unless the world itself is gone.
        await call('getWorld', { path: { world: key } });
        return false;
      }
    };
    return new Mirror({ name: world === 'default' ? world : id, url, key, has }, onOutcome, lull);
  } catch (error) {
    const advice = `GET ${url}/_control/worlds names those that there are`;
    throw new Error(whyRefused(error, url, world, advice, '--mirror-url'), { cause: error });
  }
}

function openLiveReport(
  { console, controlToken }: WatchOptions,
  looking: Watch,
  standing: () => Standing,
): LiveReport | undefined {
  if (console === undefined) return undefined;
  return new LiveReport(connectToMockGem(console, { token: controlToken }).call, looking, standing);
}

function lineOf({ operation, about, what, expected, got }: Finding): string {
  if (about === 'not compared') return `${operation} not compared: because ${what}`;
  return `${operation} ${about}: ${what}: expected ${expected}, got ${got}`;
}

function summaryOf({ calls, findings }: Watch, unread: number): string {
  const times = findings.reduce((sum, finding) => sum + finding.times, 0);
  const left = unread > 0 ? `; ${unread} were passed on without being read` : '';
  return `${calls} calls were looked at, ${findings.length} departures seen ${times} times${left}.`;
}

function summaryOfMirror({ compared, differing, not_compared: left }: MirrorCounts): string {
  return `${compared} calls were held against the mirror, ${differing} differed, ${left} could not be compared.`;
}

async function writePatch(file: string, patch: string): Promise<void> {
  await writeFile(file, patch).catch((cause: unknown) => {
    throw new Error(`the patch cannot be written to ${file}`, { cause });
  });
}

/** Whether an emulator of this kind stands there. Gem itself is not asked. */
async function isEmulatorAt({ origin, host }: URL): Promise<boolean> {
  if (host === 'api.gem.com') return false;
  const answer = await fetch(`${origin}/_control`, { signal: AbortSignal.timeout(2000) }).catch(
    () => undefined,
  );
  const body: unknown = answer?.ok ? await answer.json().catch(() => undefined) : undefined;
  return typeof body === 'object' && body !== null && 'worlds' in body;
}
