// Tries out a scenario that somebody is writing, in a thread of its own: its timeline may be long, and others wait.
import { extname } from 'node:path';
import { isMainThread, workerData } from 'node:worker_threads';
import { InvalidScenario, readScenarioDocument } from '../../seeds/index.ts';
import { orderApart, OutOfMemory, RefusedApart, workApart } from '../machine/thread.ts';
import { tooLarge } from './build-worker.ts';
import { checkScenario } from './check-scenario.ts';

/** Something to say about a text, and where in it; without a line it is about the whole. */
export interface Finding {
  line: number | null;
  column: number | null;
  message: string;
}

/** What is wrong with a scenario's text, and what is only unlikely. */
export interface Findings {
  problems: Finding[];
  warnings: Finding[];
}

/** Tries out the text of a scenario: builds it, and plays its timeline to the end. */
export async function checkApart(document: string): Promise<Findings> {
  const file = new URL(`./check-worker${extname(import.meta.url)}`, import.meta.url);
  try {
    // The thread runs this very file.
    return (await orderApart(file, { check: document })) as Findings;
  } catch (error) {
    if (error instanceof OutOfMemory) return refusedFor(tooLarge);
    if (!(error instanceof RefusedApart)) throw error;
    const { message } = error.refusal as { message: string };
    return refusedFor(message);
  }
}

function refusedFor(message: string): Findings {
  return { problems: [{ line: null, column: null, message }], warnings: [] };
}

function check(document: string): Findings {
  try {
    const { problems, warnings } = checkScenario(readScenarioDocument(document));
    return { problems: problems.map(toFinding), warnings: warnings.map(toFinding) };
  } catch (error) {
    if (!(error instanceof InvalidScenario)) throw error;
    return { problems: error.problems.map(toFinding), warnings: [] };
  }
}

/** `document:3:5: reason` taken apart. */
function toFinding(text: string): Finding {
  const [, line, column, message = text] = /^document(?::(\d+):(\d+))?: ([^]*)$/.exec(text) ?? [];
  return {
    line: line === undefined ? null : Number(line),
    column: column === undefined ? null : Number(column),
    message,
  };
}

const order: unknown = workerData;
if (!isMainThread && isOrder(order)) {
  void workApart(
    () => check(order.check),
    (error) => ({ message: error instanceof Error ? error.message : String(error) }),
  );
}

function isOrder(value: unknown): value is { check: string } {
  return typeof value === 'object' && value !== null && 'check' in value && typeof value.check === 'string';
}
