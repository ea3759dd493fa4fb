import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { getHeapStatistics } from 'node:v8';
import { toInstant, type Clock } from '../../contracts/clock.ts';
import type { ControlSchemas } from '../../contracts/control.ts';
import { readJson } from '../../contracts/json.ts';
import { makeFolder } from '../../contracts/server/make-folder.ts';
import { givenInSlices } from '../machine/slices.ts';
import { jsonInSteps } from '../machine/json-in-steps.ts';
import { loadSnapshot, saveSnapshot } from '../snapshots/file.ts';
import { ControlProblem } from './problems.ts';
import { loadSnapshotApart, readSavedApart, smallEnough } from './read-apart.ts';
import type { Snapshot } from '../snapshots/snapshot.ts';

type Summary = ControlSchemas['SnapshotSummary'];

/** Saved worlds by name. Names are those that the description allows, which are no paths. */
export interface SnapshotShelf {
  place: 'folder' | 'memory';
  list(): Promise<Summary[]>;
  /** Keeps it in place of what had its name. */
  save(name: string, snapshot: Snapshot): Promise<Summary>;
  /** @throws Error in one line when it is there but cannot be used */
  load(name: string): Promise<Snapshot | undefined>;
  /** @returns whether there was one */
  delete(name: string): Promise<boolean>;
}

/** Keeps each snapshot in a file of a folder, which is made when it is first needed. */
export function snapshotsInFolder(folder: string): SnapshotShelf {
  const fileOf = (name: string) => join(folder, `${name}${ending}`);
  const summaryOf = async (name: string): Promise<Summary> => {
    const { size, mtime } = await stat(fileOf(name));
    return { name, bytes: size, saved_at: mtime.toISOString() };
  };
  // Two that write one file at once would trip over each other.
  let earlier: Promise<unknown> = Promise.resolve();
  return {
    place: 'folder',
    async list() {
      const files = await readdir(folder).catch(nothingWhereMissing);
      const names = files
        .filter((file) => file.endsWith(ending))
        .map((file) => file.slice(0, -ending.length));
      return Promise.all(
        names
          .filter((name) => nameForm.test(name))
          .sort()
          .map(summaryOf),
      );
    },
    save(name, snapshot) {
      const saved = earlier.then(async () => {
        if (process.platform === 'win32' && deviceName.test(name))
          throw new ControlProblem(409, `Windows has no file called ${name}${ending}; choose another name.`);
        try {
          makeFolder(folder);
          await saveSnapshot(fileOf(name), snapshot);
        } catch (error) {
          // What is in the way stands in the machine, and is no defect of the server.
          throw new ControlProblem(409, error instanceof Error ? error.message : String(error));
        }
        return summaryOf(name);
      });
      earlier = saved.catch(() => undefined);
      return saved;
    },
    async load(name) {
      const size = await stat(fileOf(name)).then(
        (found) => found.size,
        () => 0,
      );
      return size <= smallEnough ? loadSnapshot(fileOf(name)) : loadSnapshotApart(fileOf(name), size);
    },
    async delete(name) {
      const isThere = (await this.list()).some((one) => one.name === name);
      if (isThere) await rm(fileOf(name));
      return isThere;
    },
  };
}

/** Keeps snapshots for as long as the server runs. */
export function snapshotsInMemory(clock: Clock): SnapshotShelf {
  // As bytes, so that nothing that happens to the world happens to it.
  const saved = new Map<string, { pieces: Buffer[]; summary: Summary }>();
  return {
    place: 'memory',
    async list() {
      return [...saved.values()]
        .map(({ summary }) => summary)
        .sort((one, other) => (one.name < other.name ? -1 : 1));
    },
    async save(name, snapshot) {
      const others = [...saved.values()].filter((one) => one.summary.name !== name);
      const room = maxInMemory - others.reduce((sum, one) => sum + one.summary.bytes, 0);
      const pieces: Buffer[] = [];
      let bytes = 0;
      for await (const text of givenInSlices(jsonInSteps(snapshot))) {
        const piece = Buffer.from(text);
        pieces.push(piece);
        bytes += piece.length;
        if (bytes > room) {
          throw new ControlProblem(
            409,
            'There is no more room for snapshots in memory; delete some, or start the server with --snapshots and a folder.',
          );
        }
      }
      const summary = { name, bytes, saved_at: toInstant(clock.now()) };
      saved.set(name, { pieces, summary });
      return summary;
    },
    async load(name) {
      const found = saved.get(name);
      if (!found) return undefined;
      const { pieces, summary } = found;
      // They are the bytes of a snapshot.
      return summary.bytes <= smallEnough
        ? (readJson(Buffer.concat(pieces)) as Snapshot)
        : readSavedApart(pieces);
    },
    async delete(name) {
      return saved.delete(name);
    },
  };
}

/** Bytes of all snapshots in memory. */
const maxInMemory = getHeapStatistics().heap_size_limit / 4;

const ending = '.json';

/** On Windows these are devices, whatever follows behind a dot. */
const deviceName = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/;

/** What else lies in the folder is none of ours. */
const nameForm = /^[a-z0-9][a-z0-9._-]{0,63}$/;

function nothingWhereMissing(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}
