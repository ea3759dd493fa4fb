// Captures the account of an emulator, as somebody would capture their own at Gem.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Time } from '../../contracts/harness/gem/caller.ts';
import { capture, type Capture } from '../../mock-server/capture/capture.ts';
import type { MockGem } from '../../mock-server/server.ts';
import type { Snapshot } from '../../mock-server/snapshots/snapshot.ts';

/** A time that goes on only where somebody waits, so that a limit is kept and nobody has to wait for it. */
export function quickTime(start = '2026-11-30T12:00:00.000Z'): Time & { waited: () => number } {
  let now = Date.parse(start);
  return {
    now: () => now,
    sleep: async (milliseconds) => {
      now += milliseconds;
    },
    waited: () => now - Date.parse(start),
  };
}

/** A folder for one test. */
export function folderForTest(): string {
  const folder = mkdtempSync(join(tmpdir(), 'capture-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** What is captured where a test says nothing else. */
export function captureOptions(gem: Pick<MockGem, 'url' | 'apiKey'>, out: string | undefined): Capture {
  return {
    access: { url: gem.url, apiKey: gem.apiKey, perSecond: 18, time: quickTime() },
    scope: {},
    out,
    salt: 'a salt of the tests alone',
    decisions: {},
    keepUntil: undefined,
  };
}

/** Captures an account into a folder of the test. */
export async function captured(
  gem: Pick<MockGem, 'url' | 'apiKey'>,
  more: Partial<Capture> = {},
): Promise<{ folder: string; snapshot: Snapshot; result: Awaited<ReturnType<typeof capture>> }> {
  const folder = join(folderForTest(), 'account');
  const result = await capture({ ...captureOptions(gem, folder), ...more });
  // The emulator that opens it holds it against its description.
  const snapshot = JSON.parse(readFileSync(join(folder, 'snapshot.json'), 'utf8')) as Snapshot;
  return { folder, snapshot, result };
}
