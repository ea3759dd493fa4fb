import { join } from 'node:path';
import { loadRules, ruleNames } from '../../contracts/harness/catalogue.ts';
import { mergeCases } from '../../contracts/harness/merge-cases.ts';
import { isColored } from '../../contracts/harness/report/paint.ts';
import type { Report } from '../../contracts/harness/report/report.ts';
import { toTable } from '../../contracts/harness/report/table.ts';
import type { NamedForms } from '../../contracts/harness/smallest-variation.ts';
import { ConnectorFailed, runCourse } from '../../contracts/harness/run-course.ts';
import { usualWorlds, verifyConnector } from '../../contracts/harness/verify-connector.ts';
import { nearest } from '../../seeds/nearest.ts';
import { refuseUnknownCover } from '../../contracts/harness/known-needs.ts';
import { visible } from '../../contracts/harness/report/show-value.ts';
import { toScenarioFile } from '../../contracts/harness/scenario-document.ts';
import { usualVariations } from '../../contracts/harness/varied-worlds.ts';
import { readVariation } from './arguments.ts';
import { writeReports } from './report-options.ts';
import { completeReport, writeScenario } from './verify-connector-report.ts';
import { listRuleLines } from './verify-connector-list.ts';
import { columnsOf, reasonOf, untilInterrupted, type Outside } from './verify-outside.ts';
import { showVerifyProgress } from './verify-progress.ts';
import {
  openConnector,
  openGem,
  type OpenedConnector,
  type OpenedGem,
  type VerifyConnectorOptions,
} from './verify-target.ts';

/** Runs `mock-gem verify connector`. What goes wrong is said in one line, and ends it with 2. */
export async function runVerifyConnector(options: VerifyConnectorOptions, outside: Outside): Promise<void> {
  const { stdout, stderr, env } = outside;
  const interruption = untilInterrupted(outside);
  const columns = columnsOf(stdout);
  try {
    checkOptions(options);
    if (options.list) {
      stdout.write(listRuleLines(await loadRules(options.rule), columns));
      return outside.end(0, false);
    }
    const report = await completeReport(await verify(options, outside, interruption.controller), options);
    stdout.write(toTable(report, { columns, isColored: isColored(stdout, env) }));
    await writeReports(report, options);
    outside.end(exitCodeOf(report), false);
  } catch (error) {
    stderr.write(`mock-gem: ${reasonOf(error, '--gem-port')}\n`);
    if (error instanceof ConnectorFailed) stderr.write(await describeFailure(error, options));
    // What was broken off may still wait for something.
    if (interruption.isInterrupted()) outside.end(130, true);
    else outside.end(2, false);
  } finally {
    interruption.release();
  }
}

/** @throws Error in one line, with the nearest right word where a rule is unknown */
function checkOptions({ rule = [], replay, seed, variation, url }: VerifyConnectorOptions): void {
  // Before a port is taken for it.
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
  outside: Outside,
  controller: AbortController,
): Promise<Report> {
  const gem = await openGem(options, outside);
  try {
    const connector = await openConnector(options, gem, outside);
    try {
      // Nothing more can be found out about a connector that is gone.
      connector.gone.catch((reason: unknown) => controller.abort(reason));
      return await Promise.race([
        judge(options, outside, { gem, connector, signal: controller.signal }),
        whenAborted(controller.signal),
      ]);
    } finally {
      await connector.close();
    }
  } finally {
    await gem.close();
  }
}

async function judge(
  options: VerifyConnectorOptions,
  { stderr }: Outside,
  { gem: { gem, applicationSecret }, connector: { adapter, subject }, signal }: Opened,
): Promise<Report> {
  const { rule, worlds, seed, replay, shrink, vary, variations, variation } = options;
  const callLimit = options.timeout * 1000;
  const progress = showVerifyProgress(stderr, {
    worlds: variation ? 0 : (worlds ?? usualWorlds),
    varied: variation ? (worlds ?? usualWorlds) : vary ? (variations ?? usualVariations) : 0,
  });
  try {
    refuseUnknownCover(adapter, nearest);
    // What fails in a world without anything special says nothing about rules.
    await runCourse(
      { gem, applicationSecret, connector: adapter, patience: callLimit },
      mergeCases([]),
      async () => undefined,
    );
    return await verifyConnector({
      gem,
      applicationSecret,
      connector: adapter,
      subject,
      rules: rule,
      worlds,
      seed,
      replay,
      variations: vary ? variations : 0,
      variation: variation && readForms(variation),
      shrinks: shrink,
      callLimit,
      signal,
      onProgress: progress.update,
    });
  } finally {
    progress.finish();
  }
}

/** Where the connector failed, and the world in which it did: as a file, where files are written. */
async function describeFailure(
  { trace, plan }: ConnectorFailed,
  { out }: VerifyConnectorOptions,
): Promise<string> {
  const lines = trace === undefined ? '' : `${visible(trace)}\n`;
  if (!plan) return lines;
  const scenario = toScenarioFile([], 'the world in which the connector fails', plan);
  if (out !== undefined) {
    const file = join(out, 'failure.yaml');
    await writeScenario(out, file, scenario);
    return `${lines}The world in which it did was written to ${file}\n`;
  }
  const shown = scenario.trimEnd().split('\n');
  const left = shown.length - mostLines;
  const more = left > 0 ? [`… ${left} more lines; --out <folder> writes it as a file`] : [];
  return `${lines}The world in which it did:\n${[...shown.slice(0, mostLines), ...more].map((line) => `    ${visible(line)}\n`).join('')}`;
}

/** Lines of a world that are shown. */
const mostLines = 40;

/** @throws Error in one line when what is named is no guess, or a seed */
function readForms(texts: readonly string[]): NamedForms {
  const read = readVariation(texts);
  if (typeof read !== 'object')
    throw new Error(`--variation takes guess=form, not "${read}"; a seed is for --seed`);
  return read;
}

interface Opened {
  gem: OpenedGem;
  connector: OpenedConnector;
  signal: AbortSignal;
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const abort = () =>
      reject(signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason)));
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
}

/** @throws Error when nothing was looked at: that nothing broke then says nothing */
function exitCodeOf({ entries }: Report): 0 | 1 {
  if (entries.every(({ state }) => state === 'not observed')) {
    throw new Error('nothing was observed: the connector covers nothing that these rules are about');
  }
  return entries.some(({ state }) => state === 'broken') ? 1 : 0;
}
