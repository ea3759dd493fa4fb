// Where a capture stands, on the disk: what was read, already pseudonymised, and the sealed memory of those who did that.
import { createReadStream, existsSync } from 'node:fs';
import { open, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { linesOf } from '../../contracts/lines.ts';
import { makeFolder } from '../../contracts/server/make-folder.ts';
import { CannotCapture } from './ask.ts';
import { isRow, type Row } from './steps.ts';

/** What a capture has to know to go on. */
export interface Progress<Drift> {
  /** Tells captures apart that cannot go on as one another: another account, salt or scope. It reveals none of them. */
  print: string;
  /** ISO 8601: when it was begun. */
  startedAt: string;
  /** How many steps were taken, and how many units of the one that is under way. */
  step: number;
  units: number;
  drift: Drift;
}

/** The staging of a capture, or of one that is only to report and keeps nothing. */
export interface Staging<Drift> {
  /** Where it stood when it was last kept; undefined where it begins. */
  readonly begun: Progress<Drift> | undefined;
  /** The parts of the memory that were kept, in order. */
  memory(): AsyncIterable<{ of: number; part: Uint8Array }>;
  add(name: string, rows: readonly Row[]): void;
  /** Keeps all that was added, and where it stands: after that, a kill loses nothing of it. */
  keep(progress: Progress<Drift>, memory: readonly (Uint8Array | undefined)[]): Promise<void>;
  rows(name: string): AsyncIterable<Row>;
}

/** Keeps nothing on the disk: what was read is gone with it. */
export function nowhere<Drift>(): Staging<Drift> {
  return {
    begun: undefined,
    async *memory() {},
    add: () => {},
    keep: async () => {},
    async *rows() {},
  };
}

/**
 * Opens a staging folder; what was added to it after it was last kept is cut off.
 *
 * @throws CannotCapture where it holds something else
 */
export async function openStaging<Drift>(folder: string): Promise<Staging<Drift>> {
  makeFolder(folder);
  const begun = await readKept<Drift>(folder);
  const sizes = new Map(Object.entries(begun?.sizes ?? {}));
  for (const [name, size] of sizes) await truncate(join(folder, name), size);
  const waiting = new Map<string, (string | Uint8Array)[]>();
  const put = (name: string, ...parts: (string | Uint8Array)[]): void => {
    const known = waiting.get(name);
    if (known) known.push(...parts);
    else waiting.set(name, parts);
  };

  const flush = async (): Promise<void> => {
    for (const [name, parts] of waiting) {
      const bytes = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
      // What lies behind the known end was never kept.
      if (!sizes.has(name)) await rm(join(folder, name), { force: true });
      const file = await open(join(folder, name), 'a', 0o600);
      await file.writeFile(bytes);
      await file.datasync();
      await file.close();
      sizes.set(name, (sizes.get(name) ?? 0) + bytes.length);
    }
    waiting.clear();
  };

  return {
    begun: begun?.progress,
    async *memory() {
      if (!sizes.has(memoryFile)) return;
      const file = await open(join(folder, memoryFile));
      // Each part by itself: all of them are a large file.
      const read = async (length: number, at: number) =>
        (await file.read({ buffer: Buffer.alloc(length), position: at })).buffer;
      try {
        for (let at = 0; at < (sizes.get(memoryFile) ?? 0);) {
          const head = await read(headLength, at);
          const [of, length] = [head.readUInt8(0), head.readUInt32LE(1)];
          yield { of, part: await read(length, at + headLength) };
          at += headLength + length;
        }
      } finally {
        await file.close();
      }
    },
    add: (name, rows) => put(`${name}.jsonl`, ...rows.map((row) => `${JSON.stringify(row)}\n`)),
    async keep(progress, memory) {
      for (const [of, part] of memory.entries()) {
        if (!part) continue;
        const head = Buffer.alloc(headLength);
        head.writeUInt8(of);
        head.writeUInt32LE(part.length, 1);
        put(memoryFile, head, part);
      }
      await flush();
      const text = JSON.stringify({ progress, sizes: Object.fromEntries(sizes) });
      await writeFile(join(folder, `${keptFile}.new`), text, { mode: 0o600 });
      await rename(join(folder, `${keptFile}.new`), join(folder, keptFile));
    },
    async *rows(name) {
      const file = join(folder, `${name}.jsonl`);
      if (!existsSync(file)) return;
      for await (const line of linesOf(createReadStream(file))) {
        const row: unknown = JSON.parse(line);
        if (isRow(row)) yield row;
      }
    },
  };
}

const keptFile = 'progress.json';
const memoryFile = 'memory.sealed';
/** Bytes before each part of it: whose it is, and its length. */
const headLength = 5;

interface Kept<Drift> {
  progress: Progress<Drift>;
  sizes: Readonly<Record<string, number>>;
}

async function readKept<Drift>(folder: string): Promise<Kept<Drift> | undefined> {
  const file = join(folder, keptFile);
  if (!(await stat(file).catch(() => undefined))) return undefined;
  try {
    // Only this program writes into the folder.
    return JSON.parse(await readFile(file, 'utf8')) as Kept<Drift>;
  } catch (error) {
    throw new CannotCapture(`${file} cannot be read; remove ${folder} to begin anew`, { cause: error });
  }
}
