// Loads the rules from `contracts/rules/<group>/<rule>.ts`: a new file there is a new rule in every table, report and list.
import { readdirSync } from 'node:fs';
import { basename, dirname, extname, join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Rule } from './rule.ts';

const folder = join(import.meta.dirname, '../rules');

/** Folders of what the rules share; no rule stands there. */
const shared: ReadonlySet<string> = new Set(['support', 'cases']);

/** The file of each rule, by its name. */
const files: ReadonlyMap<string, string> = new Map(
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?<!\.d)\.[jt]s$/.test(file) && !shared.has(dirname(file)))
    .map((file) => [basename(file, extname(file)), file]),
);

/** The name of every rule, in alphabetical order: what its file is called. */
export const ruleNames: readonly string[] = [...files.keys()].toSorted();

/** A rule with its name. */
export interface NamedRule {
  name: string;
  /** What it is about: the folder that it stands in. */
  group: string;
  rule: Rule;
}

/**
 * Loads rules.
 *
 * @param names which; all of them when left out
 * @throws Error in one line when there is no such rule, or a file holds none
 */
export async function loadRules(names: readonly string[] = ruleNames): Promise<NamedRule[]> {
  return Promise.all(names.map(loadRule));
}

async function loadRule(name: string): Promise<NamedRule> {
  const file = files.get(name);
  if (file === undefined) throw new Error(`no rule is called "${name}"`);
  // A module may export anything.
  const { default: rule } = (await import(pathToFileURL(join(folder, file)).href)) as { default?: unknown };
  if (!isRule(rule))
    throw new Error(`contracts/rules/${file.replaceAll(sep, '/')} has no rule as its default export`);
  return { name, group: dirname(file), rule };
}

function isRule(value: unknown): value is Rule {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['statement', 'evidence', 'concerns', 'needs', 'cases', 'holds', 'mutants'].every((key) => key in value)
  );
}
