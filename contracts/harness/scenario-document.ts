import { stringify } from 'yaml';
import { editsOf, type Plan } from './merge-cases.ts';

/** The scenario that every world starts from: a small team, with users who can write. */
export const base = 'team';

/** The scenario of a world, without later edits: the harness makes these itself, at the right moment. */
export function toDocument({ records }: Plan): string {
  return JSON.stringify({ purpose: 'made up to try rules out', extends: base, records });
}

/**
 * The scenario file of a world that breaks a rule, for people. Edits stand in its timeline.
 *
 * @param statement the rule in words
 */
export function toScenarioFile(
  rule: string | readonly [],
  statement: string,
  { records, rounds }: Plan,
): string {
  const edits = editsOf(rounds);
  return stringify(
    {
      purpose: typeof rule === 'string' ? `the least that breaks ${rule}: ${statement}` : statement,
      ...(typeof rule === 'string' && { rules: [rule] }),
      extends: base,
      ...(Object.keys(records).length > 0 && { records }),
      ...(edits.length > 0 && { timeline: edits.map((edit) => Object.assign({ after: '1 hour' }, edit)) }),
    },
    { lineWidth: 110 },
  );
}
