import { Watch, type SavedWatch } from '../../contracts/harness/gem/watch/watch.ts';
import type { GemEntry } from '../../contracts/drift/entries.ts';
import { createAsk, type GemAccess } from './ask.ts';
import type { Gate } from './gate.ts';
import { probeBehaviour } from './probe.ts';
import type { Pseudonymiser } from './pseudonymise.ts';
import type { Staging } from './staging.ts';
import { isRow, stepsOf, type Row, type Scope, type Step, type Unit } from './steps.ts';

/** What was seen of Gem, as it is kept with the staging. */
export interface SeenOfGem {
  watch: SavedWatch;
  /** What was asked for the sake of the report alone. */
  probed: readonly GemEntry[];
  /** How many records of each step were read. */
  counts: Readonly<Record<string, number>>;
  /** How often Gem asked to be left alone for a moment. */
  throttled: number;
}

export interface Reading {
  access: GemAccess;
  scope: Scope;
  staging: Staging<SeenOfGem>;
  pseudonymiser: Pseudonymiser;
  gate: Gate;
  /** Tells this capture from others. */
  print: string;
  onProgress: (progress: ReadingProgress) => void;
}

/** How far the reading has come. */
export interface ReadingProgress {
  step: string;
  /** Which step it is, and of how many. */
  number: number;
  of: number;
  records: number;
  expected: number | undefined;
}

/** Reads the account to its end, or goes on where it stood. What Gem answers is pseudonymised before anything of it is kept. */
export async function readAccount(reading: Reading): Promise<{ watch: Watch; seen: SeenOfGem }> {
  const { access, scope, staging, pseudonymiser, gate, print } = reading;
  const { begun } = staging;
  for await (const { of, part } of staging.memory()) [pseudonymiser, gate][of]?.restore(part);
  let throttled = begun?.drift.throttled ?? 0;
  const ask = createAsk(access, ({ answer }) => void (throttled += Number(answer.status === 429)));
  const probed = begun?.drift.probed ?? (await probeBehaviour(access));
  const startedAt = begun ? Date.parse(begun.startedAt) : access.time.now();
  const watch = new Watch({
    subject: access.url,
    now: access.time.now,
    onFinding: () => {},
    saved: begun?.drift.watch ?? nothingSeen(startedAt),
  });
  const counts: Record<string, number> = { ...begun?.drift.counts };
  const seen = (): SeenOfGem => ({ watch: watch.saved(), probed, counts: { ...counts }, throttled });
  let [calls, records] = [0, 0];
  const keep = async (step: number, units: number): Promise<void> => {
    const progress = { print, startedAt: new Date(startedAt).toISOString(), step, units, drift: seen() };
    await staging.keep(progress, [pseudonymiser.changes(), gate.changes()]);
    [calls, records] = [0, 0];
  };

  const steps = stepsOf(ask, scope);
  const isWanted = await filterOf(reading);
  for (const [number, step] of steps.entries()) {
    if (number < (begun?.step ?? 0)) continue;
    let units = number === begun?.step ? begun.units : 0;
    for await (const unit of step.units(units)) {
      units += 1;
      for (const exchange of unit.exchanges) watch.add(exchange);
      const rows = unit.rows.filter((row) => isWanted(step, row));
      staging.add(step.name, take(reading, step, unit, rows));
      isWanted.note(step, rows);
      counts[step.name] = (counts[step.name] ?? 0) + rows.length;
      const expected = step.expected();
      reading.onProgress({
        step: step.name,
        number,
        of: steps.length,
        records: counts[step.name] ?? 0,
        expected,
      });
      calls += unit.exchanges.length;
      records += rows.length;
      if (calls >= callsBetween || records >= recordsBetween) await keep(number, units);
    }
    await keep(number + 1, 0);
  }
  return { watch, seen: seen() };
}

/** At Gem's limit that is what is read in twenty seconds. */
const callsBetween = 400;
/** What is not kept yet is in memory; pages are large. */
const recordsBetween = 4000;

/** What is kept of the records. An application is read from its own list, and not from each person once more. */
function take(
  { pseudonymiser, gate }: Reading,
  { schema }: Step,
  { jobId }: Unit,
  rows: readonly Row[],
): Row[] {
  return rows.flatMap((row) => {
    const { applications: _nested, ...own } = row;
    const read = schema === 'Candidate' ? own : row;
    gate.learn(schema, read);
    const standIn = pseudonymiser.record(schema, read);
    if (!isRow(standIn)) return [];
    return [jobId === undefined ? standIn : { ...standIn, job_id: pseudonymiser.id(jobId) }];
  });
}

interface Filter {
  (step: Step, row: Row): boolean;
  note(step: Step, rows: readonly Row[]): void;
}

/** Of a part of an account, only what belongs to its applications is wanted. */
async function filterOf({ scope, staging, pseudonymiser }: Reading): Promise<Filter> {
  const chosen = scope.sample !== undefined || scope.since !== undefined;
  const applications = new Set<string>();
  const idOf = (row: Row, field: string) => {
    const id = row[field];
    return typeof id === 'string' ? pseudonymiser.id(id) : '';
  };
  if (chosen)
    for await (const { id } of staging.rows('applications')) if (typeof id === 'string') applications.add(id);
  const belonging = new Set(['scheduled_interviews', 'scorecards', 'offers']);
  return Object.assign(
    (step: Step, row: Row) =>
      !chosen || !belonging.has(step.name) || applications.has(idOf(row, 'application_id')),
    {
      note: (step: Step, rows: readonly Row[]) => {
        if (chosen && step.name === 'applications') for (const row of rows) applications.add(idOf(row, 'id'));
      },
    },
  );
}

function nothingSeen(startedAt: number): SavedWatch {
  return { startedAt, calls: 0, isEmulator: false, findings: [], tallies: [], counts: [] };
}
