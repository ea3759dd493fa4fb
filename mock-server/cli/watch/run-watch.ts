import { writeFile } from 'node:fs/promises';
import { describeDrift, readDrift } from '../../../contracts/drift/drift.ts';
import { driftPatch } from '../../../contracts/drift/patch.ts';
import { Watch, type Finding } from '../../../contracts/harness/gem/watch/watch.ts';
import type { Listening } from '../../../contracts/server/listen.ts';
import { startProxy, type RawExchange } from '../../watch/proxy.ts';
import { readExchange } from '../../watch/read-exchange.ts';
import { abortOnSignal, reasonOf, startWhenFree, type Terminal } from '../terminal.ts';
import { writeReports } from '../verify/reports.ts';
import type { WatchOptions } from './options.ts';

/** Looks on until it is interrupted, and then sums up. */
export async function runWatch(options: WatchOptions, terminal: Terminal): Promise<void> {
  const { stdout, stderr, end } = terminal;
  const target = new URL(options.gemUrl);
  const looking = new Watch({
    subject: target.origin,
    now: Date.now,
    onFinding: (finding) => stdout.write(`${lineOf(finding)}\n`),
  });
  let unread = 0;
  const underWay = new Set<Promise<void>>();
  const onExchange = (raw: RawExchange) => {
    const reading = readExchange(raw)
      .then((exchange) => (exchange ? looking.add(exchange) : void (unread += 1)))
      .catch(() => void (unread += 1))
      .finally(() => underWay.delete(reading));
    underWay.add(reading);
  };
  const interruption = abortOnSignal(terminal);
  const { signal } = interruption.controller;
  let proxy: Listening;
  try {
    proxy = await startWhenFree(() =>
      startProxy({ host: options.host, port: options.port, target, onExchange }),
    );
  } catch (error) {
    interruption.release();
    stderr.write(`mock-gem: ${reasonOf(error, '--port')}\n`);
    return end(1, false);
  }
  stderr.write(`Point your connector at ${proxy.url}; it is passed on to ${target.origin}. Ctrl-C ends.\n`);
  looking.isEmulator = await isEmulatorAt(target);
  if (!signal.aborted)
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  await proxy.close();
  await Promise.all(underWay);
  interruption.release();
  try {
    stderr.write(`${summaryOf(looking, unread)}\n`);
    const report = looking.report();
    const drift = readDrift(report);
    stdout.write(`\n${describeDrift(drift)}`);
    await writeReports(report, options);
    if (options.drift !== undefined) await writePatch(options.drift, driftPatch(drift));
    end(0, false);
  } catch (error) {
    stderr.write(`mock-gem: ${reasonOf(error, '--port')}\n`);
    end(1, false);
  }
}

function lineOf({ operation, about, what, expected, got }: Finding): string {
  return `${operation} ${about}: ${what}: expected ${expected}, got ${got}`;
}

function summaryOf({ calls, findings }: Watch, unread: number): string {
  const times = findings.reduce((sum, finding) => sum + finding.times, 0);
  const left = unread > 0 ? `; ${unread} were passed on without being read` : '';
  return `${calls} calls were looked at, ${findings.length} departures seen ${times} times${left}.`;
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
