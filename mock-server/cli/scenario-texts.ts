// What `mock-gem scenario` prints.
import {
  groupOf,
  resourceNames,
  scenarios,
  type Parameter,
  type Scenario,
  type TimelineEntry,
  type WorldSeed,
} from '../../seeds/index.ts';

/** All scenarios in their groups, one line each. */
export function listScenarios(): string {
  const width = Math.max(...scenarios.map(({ name }) => name.length));
  const groups = new Map<string, string[]>();
  for (const scenario of scenarios) {
    const group = groupOf(scenario);
    const lines = groups.get(group) ?? [];
    groups.set(group, [...lines, `  ${scenario.name.padEnd(width)}  ${scenario.purpose}`]);
  }
  return [...groups].map(([group, lines]) => `${group}\n${lines.join('\n')}\n`).join('\n');
}

/** What a scenario is, and what was built of it. */
export function describeScenario(scenario: Scenario, built: WorldSeed): string {
  const sections: [string, string[]][] = [
    ['Rules', [...scenario.rules]],
    ['Parameters', table(scenario.parameters.map(describeParameter))],
    ['Records', table(counts(built).map(([name, count]) => [name, String(count)]))],
    ['Labels', table(Object.entries(built.labels).map(([label, { resource, id }]) => [label, resource, id]))],
    ['Timeline', table(built.timeline.map(describeEntry))],
  ];
  const shown = sections.filter(([, lines]) => lines.length > 0);
  const body = shown.map(([title, lines]) => `\n${title}:\n${lines.map((line) => `  ${line}\n`).join('')}`);
  return `${scenario.name}: ${scenario.purpose}\n${built.company.name} (${built.company.vanity})\n${body.join('')}`;
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
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  return rows.map((row) =>
    row
      .map((cell, column) => (column < row.length - 1 ? cell.padEnd(width(column)) : cell))
      .join('  ')
      .trimEnd(),
  );
}
