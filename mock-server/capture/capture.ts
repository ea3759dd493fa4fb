// A real account as a local world: read, pseudonymised on the way, checked as a whole, and only then there.
import { createHmac } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { writeWorld } from '../../seeds/from-world/write-world.ts';
import { findScenario } from '../../seeds/index.ts';
import { makeFolder } from '../../contracts/server/make-folder.ts';
import { CannotCapture, type GemAccess } from './ask.ts';
import { createGate, type Gate } from './gate.ts';
import { createPseudonymiser, type Pseudonymiser } from './pseudonymise.ts';
import type { Decisions, ObservedValue } from './values.ts';
import { readAccount, type ReadingProgress, type SeenOfGem } from './read-account.ts';
import { nowhere, openStaging, type Staging } from './staging.ts';
import type { Scope } from './steps.ts';
import { commentsOf, driftReport, gatherOwnTexts, linesOf, readme, type DriftReport } from './texts.ts';
import { WorldRecords } from './world-records.ts';
import { writeSnapshot } from './write-snapshot.ts';

/** What is captured, and where to. */
export interface Capture {
  access: GemAccess;
  scope: Scope;
  /** The folder that holds the result in the end; undefined where only the report is wanted, and nothing is written. */
  out: string | undefined;
  salt: string;
  decisions: Decisions;
  keepUntil: string | undefined;
  onProgress?: (progress: ReadingProgress) => void;
}

/** What came of it. */
export interface Captured {
  drift: DriftReport;
  counts: Readonly<Record<string, number>>;
  /** Values that so few people carry that they were replaced: for the owner's eyes alone. */
  rare: readonly Rare[];
}

type Rare = Pick<ObservedValue, 'kind' | 'value' | 'carriers'>;

/** Something of the original would have stood in the output. It names the places, without the value. */
export class Leaked extends Error {
  override name = 'Leaked';
  readonly places: readonly string[];

  constructor(places: readonly string[]) {
    super(`something of the original would have stood at ${places[0] ?? 'some place'}; nothing was written`);
    this.places = places;
  }
}

/** Where a capture is staged until it is whole. */
export function stagingOf(out: string): string {
  return `${out.replace(/[\\/]+$/, '')}.unfinished`;
}

/**
 * Captures an account. Killed at any moment and started again with the same folder, it goes on, and the result is the same.
 *
 * @throws CannotCapture in one line
 * @throws Leaked where the gate did not let the result pass; then nothing of it is left
 */
export async function capture(options: Capture): Promise<Captured> {
  const { access, scope, salt, decisions, out } = options;
  if (out !== undefined && existsSync(out))
    throw new CannotCapture(`${out} is there already; name a folder that is not there yet`);
  const print = createHmac('sha256', salt)
    .update(JSON.stringify([access.url, scope]))
    .digest('hex');
  const staging: Staging<SeenOfGem> = out === undefined ? nowhere() : await openStaging(stagingOf(out));
  if (out !== undefined && staging.begun && staging.begun.print !== print)
    throw new CannotCapture(
      `${stagingOf(out)} holds a capture that was begun with another address, salt or part of the account; go on with the same, or remove it`,
    );
  const gate = createGate(salt);
  const pseudonymiser = createPseudonymiser({ salt, decisions, isName: gate.isName });
  const { watch, seen } = await readAccount({
    access,
    scope,
    staging,
    pseudonymiser,
    gate,
    print,
    onProgress: options.onProgress ?? (() => {}),
  });
  const drift = driftReport(watch, seen);
  if (out !== undefined) await publish(out, { options, staging, pseudonymiser, gate, seen, drift });
  // Not before: they are more than a hundred thousand in a large account.
  const rare: Rare[] = [];
  for (const { kind, value, carriers, isKept } of pseudonymiser.observed().values)
    if (!isKept) rare.push({ kind, value, carriers });
  return { drift, counts: seen.counts, rare };
}

interface Read {
  options: Capture;
  staging: Staging<SeenOfGem>;
  pseudonymiser: Pseudonymiser;
  gate: Gate;
  seen: SeenOfGem;
  drift: DriftReport;
}

/** Writes the output into the staging folder, lets the gate pass over the whole, and only then gives it its name. */
async function publish(out: string, read: Read): Promise<void> {
  const { pseudonymiser, gate } = read;
  const folder = join(stagingOf(out), 'output');
  await rm(folder, { recursive: true, force: true });
  makeFolder(folder);
  pseudonymiser.closeInto(gate);
  const places: string[] = [];
  const check = (place: string, value: unknown): void => {
    for (const leak of gate.check(place, value)) places.push(`${leak.place} (${leak.check})`);
  };
  await writeOutput(folder, read, check);
  if (places.length > 0) {
    await rm(stagingOf(out), { recursive: true, force: true });
    throw new Leaked([...new Set(places)]);
  }
  await rename(folder, out);
  await rm(stagingOf(out), { recursive: true, force: true });
}

async function writeOutput(
  folder: string,
  { options, staging, pseudonymiser, gate, seen, drift }: Read,
  check: (place: string, value: unknown) => void,
): Promise<void> {
  const world = new WorldRecords(staging, pseudonymiser);
  await world.learn();
  const { counts, small } = await writeSnapshot(join(folder, 'snapshot.json'), world, check);
  const written = small && writeWorld(small, { purpose, keepsIds: true, find: findScenario });
  const isReadable = written?.untold.length === 0;
  let replaced = 0;
  for (const { isKept } of pseudonymiser.observed().values) replaced += Number(!isKept);
  const texts: Record<string, string> = {
    'scenario.yaml': isReadable ? written.text : `purpose: ${purpose}\nextends: ./snapshot.json\n`,
    'README.md': readme({
      ...options.scope,
      sample: options.scope.sample,
      since: options.scope.since,
      keepUntil: options.keepUntil,
      counts,
      leftOut: world.leftOut,
      isReadable,
      hasPatch: drift.patch !== '',
      replaced,
    }),
    'drift.txt': drift.text,
    'drift.json': drift.json,
    ...(drift.patch !== '' && { 'drift.patch': drift.patch }),
  };
  // All records were looked at above, so that words for times need not be names any more: somebody may be called Day.
  gate.allow(wordsForTimes);
  check('scenario.yaml', parse(texts['scenario.yaml'] ?? ''));
  // What is said in these texts need be no names either, and no count is an id, once all records were looked at.
  const own = gatherOwnTexts();
  for (const text of own.texts) gate.allow(text);
  for (const count of [...Object.values(counts), ...Object.values(seen.counts)]) gate.allow(String(count));
  for (const [name, text] of Object.entries(texts)) {
    for (const { line, place } of name === 'scenario.yaml' ? commentsOf(text) : linesOf(text))
      for (const part of own.othersIn(line)) check(`${name} line ${place}`, part);
    await writeFile(join(folder, name), text, { mode: 0o600 });
  }
}

const wordsForTimes = 'day days hour hours minute minutes second seconds millisecond milliseconds ago in now';

const purpose = 'A captured Gem account, pseudonymised.';
