import { stringify } from 'yaml';
import type { Plan } from './merge-cases.ts';

/** What every world of the harness starts from: a small team, so that somebody can act. */
export const base = 'team';

/** The scenario of a world, without what recruiters do later: the harness does that itself, at the right moment. */
export function toDocument({ records }: Plan): string {
  return JSON.stringify({ purpose: 'made up to try rules out', extends: base, records });
}

/**
 * The scenario's file of a world that breaks a rule, for people: what recruiters do stands in its timeline.
 *
 * @param statement the rule in words
 */
export function toScenarioFile(
  rule: string | readonly [],
  statement: string,
  { records, edits }: Plan,
): string {
  return stringify(
    {
      purpose: typeof rule === 'string' ? `the least that breaks ${rule}: ${statement}` : statement,
      ...(typeof rule === 'string' && { rules: [rule] }),
      extends: base,
      ...(Object.keys(records).length > 0 && { records }),
      ...(edits.length > 0 && { timeline: edits.map((edit) => ({ after: '1 hour', ...edit })) }),
    },
    { lineWidth: 110 },
  );
}
