// Factories for rules that differ only in a field.
import * as fc from 'fast-check';
import type { Case } from '../../harness/case.ts';
import { readingRule, writingRule, type Check, type Rule } from '../../harness/rule.ts';
import { createCases } from '../cases/creates.ts';
import { name } from '../cases/texts.ts';
import { leavesOut } from './action-mutants.ts';
import { check, reachable, sameText } from './compare.ts';
import { creates, inputOf, type CreateInput } from './create-input.ts';
import { gemRecord, showsWrong, withField } from './mutants.ts';
import { created, isDone } from './results.ts';

/** Makes a rule: a text of a new candidate reaches Gem unchanged. */
export function newCandidateText(field: 'company' | 'title'): Rule {
  return writingRule({
    statement: `the ${field} of a new person reaches Gem as it was given`,
    evidence: { grade: 'documented', source: 'kombo-gem-connector §2; gem-ats-api §5.1' },
    of: creates,
    needs: creates,
    inputs: [`candidate.${field}`],
    cases: createCases(
      `create-candidate-${field}`,
      fc.record({ candidate: fc.record({ [field]: fc.oneof(name, fc.constant('ß'.repeat(255))) }) }),
    ),
    judge(result) {
      const { [field]: given = null } = inputOf(result).candidate;
      return (isDone(result) ? created(result, 'candidates') : []).flatMap(({ [field]: written }) =>
        sameText(field, written, given),
      );
    },
    mutants: [leavesOut(`${field} left out`, field)],
  });
}

/**
 * Makes a rule: all offices or departments of a job can be reached through its custom fields.
 *
 * @param wrong what each mutant shows instead of the list, by the mutant's name
 */
export function reachableThroughFields(
  list: 'offices' | 'departments',
  cases: fc.Arbitrary<Case>,
  wrong: Readonly<Record<string, (all: readonly { name: string }[]) => unknown>>,
) {
  return readingRule({
    statement: `all of a job's ${list} are reachable through custom fields`,
    evidence: {
      grade: 'documented',
      source: list === 'offices' ? 'kombo-gem-connector §3 #2' : 'kombo-gem-connector §3 #4',
    },
    of: 'jobs',
    becomes: 'jobs',
    needs: ['jobs.custom_fields', 'jobs.integration_fields'],
    cases,
    judge: ({ gem, unified }) => reachable(unified, list, gem[list]),
    mutants: Object.entries(wrong).map(([name, change]) =>
      showsWrong(name, 'jobs', (job, gem) => {
        const record = gemRecord(gem, 'jobs', job.remote_id);
        return withField(job, list, () => record && change(record[list]));
      }),
    ),
  });
}

/**
 * Makes a rule: a source that a call names by a text becomes the source of the application.
 *
 * @param names whether the input names the source of that name
 */
export function sourceNamedByText({
  names,
  ...rest
}: Pick<Rule, 'statement' | 'cases' | 'mutants'> & {
  inputs: readonly string[];
  names(source: NonNullable<CreateInput['source']>, name: string): boolean;
}): Rule {
  return writingRule({
    ...rest,
    evidence: { grade: 'assumed', source: 'kombo-unified-api §4.1' },
    of: creates,
    needs: creates,
    judge(result, { last }) {
      const { source = {} } = inputOf(result);
      const known = last.gem.sources.filter(({ name }) => names(source, name)).map(({ id }) => id);
      if (!isDone(result) || source.id !== undefined || known.length === 0) return [];
      return created(result, 'applications').flatMap(({ source_id: got }): Check[] =>
        check(
          known.some((id) => id === got),
          { what: 'source_id', expected: known.join(' or '), got },
        ),
      );
    },
  });
}
