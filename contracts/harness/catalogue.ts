// The rules, one file each: a new file is a new rule, in every table, report and list.
import { readdirSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Rule } from './rule.ts';

const folder = join(import.meta.dirname, '../rules');

/** The name of every rule, in alphabetical order: what its file is called. */
export const ruleNames: readonly string[] = readdirSync(folder)
  .filter((file) => /(?<!\.d)\.[jt]s$/.test(file))
  .map((file) => basename(file, extname(file)))
  .toSorted();

/** A rule with its name. */
export interface NamedRule {
  name: string;
  rule: Rule;
}

/**
 * Loads rules.
 *
 * @param names which; all of them when left out
 * @throws Error in one line when there is no such rule, or a file holds none
 */
export async function loadRules(names: readonly string[] = ruleNames): Promise<NamedRule[]> {
  return Promise.all(names.map(async (name) => ({ name, rule: await loadRule(name) })));
}

async function loadRule(name: string): Promise<Rule> {
  if (!ruleNames.includes(name)) throw new Error(`no rule is called "${name}"`);
  const file = join(folder, name + extname(import.meta.filename));
  // Anything may stand in a module.
  const { default: rule } = (await import(pathToFileURL(file).href)) as { default?: unknown };
  if (!isRule(rule)) throw new Error(`contracts/rules/${name} has no rule as its default export`);
  return rule;
}

function isRule(value: unknown): value is Rule {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['statement', 'evidence', 'concerns', 'needs', 'cases', 'holds', 'mutants'].every((key) => key in value)
  );
}
