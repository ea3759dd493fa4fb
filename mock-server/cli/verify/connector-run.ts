import { join } from 'node:path';
import { loadRules, ruleNames } from '../../../contracts/harness/load-rules.ts';
import { mergeCases } from '../../../contracts/harness/merge-cases.ts';
import { isColored } from '../../../contracts/harness/report/paint.ts';
import type { Report } from '../../../contracts/report.ts';
import { toTable } from '../../../contracts/harness/report/table.ts';
import type { NamedForms } from '../../../contracts/harness/smallest-variation.ts';
import { ConnectorFailed } from '../../../contracts/harness/connector-failure.ts';
import { runPlan } from '../../../contracts/harness/run-plan.ts';
import { defaultWorlds } from '../../../contracts/harness/judge-worlds.ts';
import { verifyConnector } from '../../../contracts/harness/verify-connector.ts';
import { nearest } from '../../../seeds/nearest.ts';
import { refuseUnknownCover } from '../../../contracts/harness/needs.ts';
import { visible } from '../../../contracts/harness/report/show-value.ts';
import { toScenarioFile } from '../../../contracts/harness/scenario-document.ts';
import { defaultVariations } from '../../../contracts/harness/varied-worlds.ts';
import { readVariation } from '../serve/options.ts';
import { writeReports } from './reports.ts';
import { completeReport, writeScenario, listRuleLines } from './connector-report.ts';
import { columnsOf, reasonOf, abortOnSignal, type Terminal } from '../terminal.ts';
import { showVerifyProgress } from './progress.ts';
import { openTarget, type OpenedTarget } from './connector-target.ts';
import type { VerifyConnectorOptions } from './connector-options.ts';

/** Runs `mock-gem verify connector`. Errors are written in one line, and end it with 2. */
export async function runVerifyConnector(options: VerifyConnectorOptions, terminal: Terminal): Promise<void> {
  const { stdout, stderr, env } = terminal;
  const interruption = abortOnSignal(terminal);
  const columns = columnsOf(stdout);
  try {
    checkOptions(options);
    if (options.list) {
      stdout.write(listRuleLines(await loadRules(options.rule), columns));
      return terminal.end(0, false);
    }
    const report = await completeReport(await verify(options, terminal, interruption.controller), options);
    stdout.write(toTable(report, { columns, isColored: isColored(stdout, env) }));
    await writeReports(report, options);
    terminal.end(exitCodeOf(report), false);
  } catch (error) {
    stderr.write(`mock-gem: ${reasonOf(error, '--gem-port')}\n`);
    if (error instanceof ConnectorFailed) stderr.write(await describeFailure(error, options));
    // Interrupted work may still wait for something.
    if (interruption.isInterrupted()) terminal.end(130, true);
    else terminal.end(2, false);
  } finally {
    interruption.release();
  }
}

/** @throws Error in one line, with the nearest right word where a rule is unknown */
function checkOptions({ rule = [], replay, seed, variation, url }: VerifyConnectorOptions): void {
  // This comes before a port is opened.
  if (url !== undefined && !URL.canParse(url))
    throw new Error(`--url must be an address such as http://127.0.0.1:4020/v1, not "${url}"`);
  if (variation) readForms(variation);
  for (const name of rule.filter((wanted) => !ruleNames.includes(wanted))) {
    const meant = nearest(name, ruleNames);
    const advice = meant === undefined ? '--list names them all' : `did you mean ${meant}?`;
    throw new Error(`no rule is called "${name}"; ${advice}`);
  }
  if (replay !== undefined && (rule.length !== 1 || seed === undefined)) {
    throw new Error('--replay needs the --rule and the --seed that the report names beside it');
  }
}

async function verify(
  options: VerifyConnectorOptions,
  terminal: Terminal,
  controller: AbortController,
): Promise<Report> {
  const opened = await openTarget(options);
  try {
    // A connector that is gone ends the verification.
    opened.gone.catch((reason: unknown) => controller.abort(reason));
    return await Promise.race([
      judge(options, terminal, opened, controller.signal),
      whenAborted(controller.signal),
    ]);
  } finally {
    await opened.close();
  }
}

async function judge(
  options: VerifyConnectorOptions,
  { stderr }: Terminal,
  { target, subject }: OpenedTarget,
  signal: AbortSignal,
): Promise<Report> {
  const { rule, worlds, budget, seed, replay, shrink, shrinkFor, atOnce, vary, variations, variation } =
    options;
  const progress = showVerifyProgress(stderr, {
    worlds: variation ? 0 : (worlds ?? defaultWorlds),
    varied: variation ? (worlds ?? defaultWorlds) : vary ? (variations ?? defaultVariations) : 0,
    ...(budget !== undefined && { budget: 1000 * budget }),
  });
  try {
    refuseUnknownCover(target.connector, nearest);
    // A failure in a plain world says nothing about rules.
    await runPlan(target, mergeCases([]), async () => undefined);
    return await verifyConnector({
      ...target,
      subject,
      rules: rule,
      worlds,
      budget: budget === undefined ? undefined : 1000 * budget,
      seed,
      replay,
      variations: vary ? variations : 0,
      variation: variation && readForms(variation),
      shrinks: shrink,
      shrinkLimit: 1000 * shrinkFor,
      atOnce,
      signal,
      onProgress: progress.update,
    });
  } finally {
    progress.finish();
  }
}

/** Where the connector failed, and its world: as a file with `--out`, otherwise as text. */
async function describeFailure(
  { trace, plan }: ConnectorFailed,
  { out, scenario: account }: VerifyConnectorOptions,
): Promise<string> {
  const lines = trace === undefined ? '' : `${visible(trace)}\n`;
  if (!plan) return lines;
  const scenario = toScenarioFile([], 'the world in which the connector fails', plan);
  const beside = account === undefined ? '' : `, beside ${account},`;
  if (out !== undefined) {
    const file = join(out, 'failure.yaml');
    await writeScenario(out, file, scenario);
    return `${lines}The world in which it did${beside} was written to ${file}\n`;
  }
  const shown = scenario.trimEnd().split('\n');
  const left = shown.length - maxLines;
  const more = left > 0 ? [`… ${left} more lines; --out <folder> writes it as a file`] : [];
  return `${lines}The world in which it did${beside.slice(0, -1)}:\n${[...shown.slice(0, maxLines), ...more].map((line) => `    ${visible(line)}\n`).join('')}`;
}

/** Lines of a world that are shown. */
const maxLines = 40;

/** @throws Error in one line for an unknown guess, or a seed */
function readForms(texts: readonly string[]): NamedForms {
  const read = readVariation(texts);
  if (typeof read !== 'object')
    throw new Error(`--variation takes guess=form, not "${read}"; a seed is for --seed`);
  return read;
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const abort = () =>
      reject(signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason)));
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
}

/** @throws Error when nothing was observed: then the report says nothing */
function exitCodeOf({ entries }: Report): 0 | 1 {
  if (entries.every(({ state }) => state === 'not observed')) {
    throw new Error('nothing was observed: the connector covers nothing that these rules are about');
  }
  return entries.some(({ state }) => state === 'broken') ? 1 : 0;
}
