// What `mock-gem scenario` prints.
import { pad, widthOf } from '../../../contracts/harness/report/text-width.ts';
import { FileScenario } from '../../../seeds/scenario-file/file-scenario.ts';
import { recordTables, shownResources } from './tables.ts';
import {
  groupOf,
  resourceNames,
  scenarios,
  type Parameter,
  type Scenario,
  type TimelineEntry,
  type WorldSeed,
} from '../../../seeds/index.ts';

/**
 * Scenarios in their groups, one line each.
 *
 * @param word only those that have it in their name, purpose, rules or group; all of them when left out
 * @throws Error in one line when there are none
 */
export function listScenarios(word?: string): string {
  const scenarios = findScenarios(word);
  const width = Math.max(...scenarios.map(({ name }) => name.length));
  const groups = new Map<string, string[]>();
  for (const scenario of scenarios) {
    const group = groupOf(scenario);
    const lines = groups.get(group) ?? [];
    groups.set(group, [...lines, `  ${scenario.name.padEnd(width)}  ${scenario.purpose}`]);
  }
  return [...groups].map(([group, lines]) => `${group}\n${lines.join('\n')}\n`).join('\n');
}

/** The scenarios that have a word in their name, purpose, rules or group. @throws Error in one line when there are none */
export function findScenarios(word = ''): readonly Scenario[] {
  const wanted = word.toLowerCase();
  const found = scenarios.filter((scenario) =>
    [scenario.name, scenario.purpose, groupOf(scenario), ...scenario.rules].some((text) =>
      text.toLowerCase().includes(wanted),
    ),
  );
  if (found.length > 0) return found;
  throw new Error(
    `no scenario has "${word}" in its name, purpose or rules; mock-gem scenario list names them all`,
  );
}

/**
 * What a scenario is, and who and what was built of it.
 *
 * @param most how many records of each resource are shown
 */
export function describeScenario(scenario: Scenario, built: WorldSeed, most: number): string {
  const sections: [string, string[]][] = [
    ['Rules', [...scenario.rules]],
    ['Parameters', table(scenario.parameters.map(describeParameter))],
    ['Records', table(counts(built).map(([name, count]) => [name, String(count)]))],
    ...recordTables(built, most).map(({ title, rows, left }): [string, string[]] => [
      title,
      [...table(rows), ...(left > 0 ? [`… and ${left} more; --all shows them`] : [])],
    ]),
    ['Other labels', table(otherLabels(built))],
    ['Timeline', table(built.timeline.map(describeEntry))],
  ];
  const shown = sections.filter(([, lines]) => lines.length > 0);
  const body = shown.map(([title, lines]) => `\n${title}:\n${lines.map((line) => `  ${line}\n`).join('')}`);
  return `${scenario.name}: ${scenario.purpose}\n${built.company.name} (${built.company.vanity})\n${body.join('')}`;
}

/** The labels of records that have no table. */
function otherLabels({ labels }: WorldSeed): string[][] {
  return Object.entries(labels)
    .filter(([, { resource }]) => !shownResources.some((name) => name === resource))
    .map(([label, { resource, id }]) => [label, resource, id]);
}

/** A file to copy and to change: the scenario's own text, or one that starts from it where it is written as code. */
export function scenarioText(scenario: Scenario, built: WorldSeed): string {
  if (scenario instanceof FileScenario) return scenario.text.replace(/^# yaml-language-server:.*\r?\n/, '');
  const labels = Object.entries(built.labels).map(
    ([label, { resource }]) => `#   ${label}: {}   # of ${resource}`,
  );
  return [
    `purpose: ${JSON.stringify(scenario.purpose)}`,
    `# ${scenario.name} is written as code; this file starts from it.`,
    `extends: ${scenario.name}`,
    ...(labels.length === 0 ? [] : ['', '# Other values for its records, by label:', '# change:', ...labels]),
    '',
  ].join('\n');
}

/** The same as data. */
export function toJson({ name, purpose, rules, parameters }: Scenario, built: WorldSeed): object {
  const { company, labels, timeline } = built;
  const records = Object.fromEntries(counts(built));
  return { name, purpose, rules, parameters, company, records, labels, timeline };
}

function counts({ records }: WorldSeed): [string, number][] {
  return resourceNames.map((name): [string, number] => [name, records[name].length]);
}

function describeParameter({
  name,
  type,
  default: value,
  minimum,
  maximum,
  description,
}: Parameter): string[] {
  const bounds = [
    minimum === undefined ? [] : [`at least ${minimum}`],
    maximum === undefined ? [] : [`at most ${maximum}`],
  ].flat();
  return [name, [type, `default ${value}`, ...bounds].join(', '), description];
}

function describeEntry({ at, edit }: TimelineEntry): string[] {
  const { do: word, ...rest } = edit;
  const details = Object.entries(rest).map(
    ([key, value]) => `${key} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return [at, word, details.join(', ')];
}

/** Rows with their columns under each other. */
function table(rows: readonly string[][]): string[] {
  const width = (column: number) => rows.reduce((most, row) => Math.max(most, widthOf(row[column] ?? '')), 0);
  return rows.map((row) =>
    row
      .map((cell, column) => (column < row.length - 1 ? pad(cell, width(column)) : cell))
      .join('  ')
      .trimEnd(),
  );
}
