import * as fc from 'fast-check';
import { filtersToo, showsWrong } from '../support/mutants.ts';
import { people } from '../cases/people.ts';
import { name, text } from '../cases/texts.ts';
import { readingRule } from '../../harness/rule.ts';
import { sameText } from '../support/compare.ts';

export default readingRule({
  statement: "a candidate's `first_name` and `last_name` are Gem's, letter by letter",
  evidence: {
    grade: 'documented',
    source: 'kombo-gem-connector §1; gem-ats-api §3.1',
  },
  of: 'candidates',
  becomes: 'candidates',
  needs: ['candidates.first_name', 'candidates.last_name'],
  cases: people(
    fc.record({ first_name: fc.constantFrom('Anna Maria', 'João Pedro'), last_name: name }),
    fc.record({ first_name: name, last_name: fc.constantFrom('de la Cruz', 'Meyer-Lüdenscheidt') }),
    fc.record({ first_name: text, last_name: text }),
    fc.constant({ first_name: 'Madonna', last_name: '' }),
  ),
  judge: ({ gem, unified }) => [
    ...sameText('first_name', unified.first_name, gem.first_name),
    ...sameText('last_name', unified.last_name, gem.last_name),
  ],
  mutants: [
    showsWrong('first word only', 'candidates', (candidate) => ({
      ...candidate,
      first_name: candidate.first_name?.split(' ')[0] ?? null,
    })),
    filtersToo(
      showsWrong('last name in capitals', 'candidates', (candidate) => ({
        ...candidate,
        last_name: candidate.last_name?.replaceAll(/[a-z]/g, (letter) => letter.toUpperCase()) ?? null,
      })),
      'last_name',
      (item) => ('last_name' in item ? item.last_name : null),
    ),
  ],
});
