import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Entry, Example, Report } from '../../contracts/harness/report/report.ts';
import { concerns } from './verify-connector-list.ts';
import type { VerifyConnectorOptions } from './verify-target.ts';

/**
 * Completes a report for people: its entries go by what they concern, the command that shows an example again is a whole
 * one for the connector at hand, and its scenario is written where `--out` says.
 *
 * @throws Error in one line when a file cannot be written
 */
export async function completeReport(report: Report, options: VerifyConnectorOptions): Promise<Report> {
  const entries: Entry[] = [];
  // A group that is not known comes last.
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
    await mkdir(folder, { recursive: true });
    await writeFile(file, text);
  } catch (error) {
    throw new Error(`the scenario cannot be written to ${file}`, { cause: error });
  }
}

/** What leads to the same connector; its key stays in the environment. */
function targetFlags({ url, keyFromEnv, adapter, command, gem, gemPort }: VerifyConnectorOptions): string[] {
  const flags = {
    url,
    'key-from-env': keyFromEnv === 'CONNECTOR_API_KEY' ? undefined : keyFromEnv,
    adapter,
    command,
    gem,
    'gem-port': gemPort?.toString(),
  };
  return Object.entries(flags).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, quoted(value)],
  );
}

/** A word as a shell takes it. */
function quoted(word: string): string {
  return /^[\w./:@%+,=-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
