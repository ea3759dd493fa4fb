import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Entry, Example, Report } from '../../../contracts/report.ts';
import type { VerifyConnectorOptions } from './connector-options.ts';
import type { NamedRule } from '../../../contracts/harness/load-rules.ts';
import { pad, wrapWords } from '../../../contracts/harness/report/text-width.ts';
import { makeFolder } from '../../../contracts/server/make-folder.ts';

/**
 * Completes a report for people: it sorts the entries by group, writes the whole command that shows an example again, and
 * writes the scenario to the folder of `--out`.
 *
 * @throws Error in one line when a file cannot be written
 */
export async function completeReport(report: Report, options: VerifyConnectorOptions): Promise<Report> {
  const entries: Entry[] = [];
  // Unknown groups come last.
  const groups = new Set<string>([...concerns, ...report.entries.map(({ group }) => group)]);
  for (const entry of report.entries) {
    const { example } = entry;
    entries.push(example ? { ...entry, example: await complete(example, entry.name, options) } : entry);
  }
  return {
    ...report,
    entries: [...groups].flatMap((group) => entries.filter((entry) => entry.group === group)),
  };
}

async function complete(example: Example, name: string, options: VerifyConnectorOptions): Promise<Example> {
  const replay = [
    'mock-gem verify connector',
    ...targetFlags(options),
    ...(example.replay === '' ? [] : [example.replay]),
  ].join(' ');
  if (options.out === undefined) return { ...example, replay };
  const file = join(options.out, `${name}.yaml`);
  await writeScenario(options.out, file, example.scenario);
  return { ...example, replay, file };
}

/** Writes a scenario's file. @throws Error in one line when it cannot be written */
export async function writeScenario(folder: string, file: string, text: string): Promise<void> {
  try {
    makeFolder(folder);
    await writeFile(file, text);
  } catch (error) {
    throw new Error(`the scenario cannot be written to ${file}`, { cause: error });
  }
}

/** The flags of the same connector and account; its key stays in the environment. */
function targetFlags({
  url,
  keyFromEnv,
  adapter,
  command,
  gem,
  gemPort,
  scenario,
}: VerifyConnectorOptions): string[] {
  const flags = {
    url,
    'key-from-env': keyFromEnv === 'CONNECTOR_API_KEY' ? undefined : keyFromEnv,
    adapter,
    command,
    gem,
    'gem-port': gemPort?.toString(),
    scenario,
  };
  return Object.entries(flags).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, quoted(value)],
  );
}

/** A word as a shell takes it. */
function quoted(word: string): string {
  if (/^[\w./:@%+,=-]+$/.test(word)) return word;
  // The shells of Windows know no other quotes in common.
  if (process.platform === 'win32') return `"${word.replaceAll('"', String.raw`\"`)}"`;
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** The groups of rules, in the order in which they are shown. */
export const concerns = [
  'reading',
  'syncing',
  'writing',
] as const satisfies readonly NamedRule['rule']['concerns'][];

/** All rules by group, each with its statement. */
export function listRuleLines(rules: readonly NamedRule[], columns: number): string {
  const left = Math.max(...rules.map(({ name }) => name.length)) + 4;
  const groups = concerns.filter((group) => rules.some(({ rule }) => rule.concerns === group));
  const sections = groups.map((group) => {
    const own = rules.filter(({ rule }) => rule.concerns === group);
    const lines = own.flatMap(({ name, rule }) => ruleLines(`  ${name}`, rule.statement, left, columns));
    return `${group}\n${lines.join('\n')}\n`;
  });
  return sections.join('\n');
}

function ruleLines(name: string, statement: string, left: number, columns: number): string[] {
  return wrapWords(statement, columns - left).map((line, index) => pad(index === 0 ? name : '', left) + line);
}
