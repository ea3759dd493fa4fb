import * as fc from 'fast-check';
import { creates, inputOf } from '../support/create-input.ts';
import { createCases } from '../cases/creates.ts';
import { name } from '../cases/texts.ts';
import { same } from '../support/compare.ts';
import { writingRule } from '../../harness/rule.ts';
import { createsWrong } from '../support/action-mutants.ts';
import { created, isDone } from '../support/results.ts';

export default writingRule({
  statement: 'the first and the last name of a new person reach Gem as they were given',
  evidence: {
    grade: 'documented',
    source: 'kombo-gem-connector §2; gem-ats-api §5.1',
  },
  of: creates,
  needs: creates,
  inputs: ['candidate.first_name', 'candidate.last_name'],
  cases: createCases(
    'create-candidate-names',
    fc.record({
      candidate: fc.record({
        first_name: name,
        last_name: fc.constantFrom('Großmann', '渡辺', 'ß'.repeat(255)),
      }),
    }),
  ),
  judge(result) {
    const { first_name, last_name } = inputOf(result).candidate;
    const [person] = isDone(result) ? created(result, 'candidates') : [];
    if (!person) return [];
    return [
      ...same('first_name', person.first_name, first_name),
      ...same('last_name', person.last_name, last_name),
    ];
  },
  mutants: [
    createsWrong('the last name first', ({ candidate, ...body }) => ({
      ...body,
      candidate: { ...candidate, first_name: candidate.last_name, last_name: candidate.first_name },
    })),
    createsWrong('letters of ASCII only', ({ candidate, ...body }) => ({
      ...body,
      candidate: {
        ...candidate,
        first_name: toAscii(candidate.first_name),
        last_name: toAscii(candidate.last_name),
      },
    })),
  ],
});

function toAscii(text: string): string {
  return text.replaceAll(/[^ -~]/g, '?');
}
