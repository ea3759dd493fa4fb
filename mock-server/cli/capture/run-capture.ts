import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { setFlagsFromString } from 'node:v8';
import { parse, stringify } from 'yaml';
import { systemTime } from '../../../contracts/harness/gem/caller.ts';
import { CannotCapture } from '../../capture/ask.ts';
import { capture, Leaked, stagingOf, type Captured } from '../../capture/capture.ts';
import type { Decisions } from '../../capture/values.ts';
import type { ReadingProgress } from '../../capture/read-account.ts';
import { isRow } from '../../capture/steps.ts';
import { abortOnSignal, processTerminal, reasonOf, type Stream } from '../terminal.ts';
import { createEstimate } from '../verify/progress.ts';
import type { CaptureOptions, Machine } from './options.ts';

/**
 * Lets this process hold little more than it needs. Left alone, the engine takes the whole machine for its own: it lets its heap grow to
 * several times of that before it looks for what can go, and the part for what is new to 128 MB. A capture waits for Gem most of the
 * time.
 */
export function holdLittle(): void {
  setFlagsFromString('--heap-growing-percent=30');
  setFlagsFromString('--semi-space-growth-factor=1');
}

/** The machine that this runs on. Somebody is asked only where somebody sees the question and can answer. */
export function thisMachine(): Machine {
  const isInteractive = process.stdin.isTTY && process.stderr.isTTY;
  return {
    terminal: processTerminal,
    time: systemTime,
    question: isInteractive
      ? async (text) => {
          const lines = createInterface({ input: process.stdin, output: process.stderr });
          return lines.question(text).finally(() => lines.close());
        }
      : undefined,
  };
}

/** Captures, and says what came of it. */
export async function runCapture(options: CaptureOptions, machine: Machine): Promise<void> {
  const { stdout, stderr, end } = machine.terminal;
  const interruption = abortOnSignal(machine.terminal);
  const progress = showReading(stderr, machine.time.now);
  let made: string | undefined;
  try {
    const { out, apiKey } = checked(options);
    if (!(await mayStart(options, out, machine))) return end(1, false);
    const salt = saltOf(options, out, (file) => {
      made = file;
      stderr.write(
        `Made ${file}. The same salt gives the same stand-ins; keep it to yourself, and never share it with the copy.\n`,
      );
    });
    const captured = await capture({
      access: {
        url: new URL(options.gemUrl).origin,
        apiKey,
        applicationSecret: options.applicationSecret,
        perSecond: options.perSecond,
        time: machine.time,
        signal: interruption.controller.signal,
      },
      scope: { sample: options.sample, since: options.since },
      out,
      salt,
      decisions: decisionsOf(options.decisions),
      keepUntil: options.keepUntil,
      onProgress: progress.update,
    });
    progress.finish();
    stdout.write(summaryOf(captured, { ...options, out }));
    end(0, false);
  } catch (error) {
    progress.finish();
    leaveNothing(options.out, made);
    const isFull = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
    const isKept = (isFull || interruption.isInterrupted()) && options.out !== undefined && !options.dryRun;
    const [why, first] = isFull ? ['the disk is full', 'make room and '] : ['broken off', ''];
    const reason = isKept
      ? `${why}; what was read is kept in ${stagingOf(options.out ?? '')}, ${first}start again to go on`
      : reasonOf(error, '');
    stderr.write(`mock-gem: ${reason}\n`);
    if (error instanceof Leaked)
      for (const place of error.places.slice(1, mostPlaces)) stderr.write(`  also at ${place}\n`);
    end(1, false);
  } finally {
    interruption.release();
  }
}

/** A capture of which nothing is kept leaves no empty folder, and no salt that it made. */
function leaveNothing(out: string | undefined, made: string | undefined): void {
  if (out === undefined || existsSync(out)) return;
  try {
    rmdirSync(stagingOf(out));
  } catch {
    // It holds what was read, or was never there.
  }
  if (made !== undefined && !existsSync(stagingOf(out))) rmSync(made, { force: true });
}

/** Places of a leak that are told. */
const mostPlaces = 20;

function checked({ out, dryRun, apiKey }: CaptureOptions): { out: string | undefined; apiKey: string } {
  if (apiKey === undefined) throw new CannotCapture('put the key of the account into GEM_API_KEY');
  if (dryRun) return { out: undefined, apiKey };
  if (out === undefined) throw new CannotCapture('name a folder with --out, or use --dry-run');
  return { out, apiKey };
}

/** @throws CannotCapture where nobody can be asked */
async function mayStart(
  { gemUrl, yes, perSecond }: CaptureOptions,
  out: string | undefined,
  { question }: Machine,
): Promise<boolean> {
  if (yes) return true;
  if (!question)
    throw new CannotCapture('there is no terminal to ask whether to start; --yes starts without a question');
  const where = out === undefined ? 'Nothing is written' : `A pseudonymised copy is written to ${out}`;
  const answer = await question(
    `All that the key sees at ${gemUrl} is read, ${perSecond} calls a second at most; nothing is changed there.\n${where}; nothing leaves this machine. Start? [y/N] `,
  );
  return /^y(es)?$/i.test(answer.trim());
}

/** The salt of a file, which is made where there is none. Without a result there is nothing to compare later. */
function saltOf(
  { saltFile }: CaptureOptions,
  out: string | undefined,
  onMade: (file: string) => void,
): string {
  const file = saltFile ?? (out === undefined ? undefined : `${out.replace(/[\\/]+$/, '')}.salt`);
  const fresh = randomBytes(32).toString('hex');
  if (file === undefined) return fresh;
  try {
    writeFileSync(file, `${fresh}\n`, { mode: 0o600, flag: 'wx' });
    onMade(file);
    return fresh;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST'))
      throw new CannotCapture(`the salt cannot be written to ${file}`, { cause: error });
  }
  const salt = readFileSync(file, 'utf8').trim();
  if (salt.length < 16) throw new CannotCapture(`${file} holds no salt: that is at least 16 letters`);
  return salt;
}

/** @throws CannotCapture for what is no such file */
function decisionsOf(file: string | undefined): Decisions {
  if (file === undefined) return {};
  const wrong = (cause?: unknown) =>
    new CannotCapture(`${file} holds no decisions; they look like "keep: { source: [LinkedIn] }"`, { cause });
  let value: unknown;
  try {
    value = parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw wrong(error);
  }
  if (!isRow(value)) throw wrong();
  const decisions = Object.entries(value).map(([what, kinds]): [string, Record<string, string[]>] => {
    if ((what !== 'keep' && what !== 'replace') || !isRow(kinds)) throw wrong();
    const words = Object.entries(kinds).map(([kind, list]): [string, string[]] => {
      if (!Array.isArray(list) || !list.every((word) => typeof word === 'string')) throw wrong();
      return [kind, list];
    });
    return [what, Object.fromEntries(words)];
  });
  return Object.fromEntries(decisions);
}

function summaryOf(
  { drift, counts, rare }: Captured,
  { out, rareValues = false }: { out: string | undefined; rareValues?: boolean },
): string {
  const read = Object.entries(counts).filter(([, count]) => count > 0);
  const lines = read.map(
    ([name, count]) => `  ${name.replaceAll('_', ' ').padEnd(24)}${String(count).padStart(8)}`,
  );
  const rarely =
    rare.length === 0 ? '' : `\nFewer than five carry these values of your account, so they were replaced; `;
  const words = rareValues
    ? `those that are to be kept stay in a file for --decisions:\n\n${stringify({ keep: byKind(rare) }, { lineWidth: 0 })}`
    : `name in a file for --decisions which are to be kept:\n${firstWords(rare)}`;
  const next =
    out === undefined
      ? ''
      : `\nWrote ${out}: pseudonymised, not anonymous. Read ${out}/README.md before you share it.\n\n  mock-gem serve --scenario ${/[\\/]/.test(out) ? out : `./${out}`}/scenario.yaml\n`;
  return `Read:\n${lines.join('\n')}\n\n${drift.text}${rarely && rarely + words}${next}`;
}

/** The values of each kind, both in alphabetical order. */
function byKind(rare: Captured['rare']): Record<string, string[]> {
  const kinds = [...Map.groupBy(rare, ({ kind }) => kind)].toSorted(([one], [other]) =>
    one < other ? -1 : 1,
  );
  return Object.fromEntries(kinds.map(([kind, all]) => [kind, all.map(({ value }) => value).toSorted()]));
}

function firstWords(rare: Captured['rare']): string {
  const lines = Object.entries(byKind(rare)).map(([kind, all]) => {
    const more =
      all.length > mostWords ? `, and ${all.length - mostWords} more (--rare-values shows all)` : '';
    return `  ${kind} (${all.length}): ${all.slice(0, mostWords).join(', ')}${more}\n`;
  });
  return lines.join('');
}

/** Values of a kind that are told where not all are wanted. */
const mostWords = 5;

/** Shows what is read, and what is left: on a terminal in one line, elsewhere a line for each step. */
function showReading(
  stream: Stream,
  now: () => number,
): { update(progress: ReadingProgress): void; finish(): void } {
  let step: string | undefined;
  let estimate = createEstimate(now);
  const begin = stream.isTTY ? '\r\u001b[2K' : '';
  return {
    update({ step: name, number, of, records, expected }) {
      const isNew = name !== step;
      if (isNew) estimate = createEstimate(now);
      step = name;
      if (!stream.isTTY && !isNew) return;
      const known = expected === undefined ? '' : ` of ${expected} (${estimate(records, expected)})`;
      const line = `reading ${name.replaceAll('_', ' ')}: ${records}${known}; ${of - number - 1} of ${of} lists are left`;
      stream.write(`${begin}${line}${stream.isTTY ? '' : '\n'}`);
    },
    finish: () => void stream.write(begin),
  };
}
