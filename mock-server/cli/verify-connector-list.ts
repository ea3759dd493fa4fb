import type { NamedRule } from '../../contracts/harness/catalogue.ts';
import { pad, wrapWords } from '../../contracts/harness/report/text-width.ts';

/** What rules concern, in the order in which it is shown. */
export const concerns = [
  'reading',
  'syncing',
  'writing',
] as const satisfies readonly NamedRule['rule']['concerns'][];

/** All rules by what they concern, each with its statement, for a terminal of so many columns. */
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
