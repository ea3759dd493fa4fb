import * as fc from 'fast-check';
import { people } from '../cases/people.ts';
import { text } from '../cases/texts.ts';
import { gemRecord, showsWrong } from '../support/mutants.ts';
import { readingRule } from '../../harness/rule.ts';
import { sameText } from '../support/compare.ts';

export default readingRule({
  statement:
    "a candidate's `company` and `title` are Gem's own fields of these names, and null where those are",
  evidence: {
    grade: 'documented',
    source: 'kombo-gem-connector §1; gem-ats-api §3.1',
  },
  of: 'candidates',
  becomes: 'candidates',
  needs: ['candidates.company', 'candidates.title'],
  cases: people(
    fc.record({ company: fc.constantFrom('Acme', 'Größe & Co'), title: fc.constantFrom('Painter', 'CEO') }),
    fc.constant({ company: null, title: null, employments: [{ company_name: 'Elsewhere', title: 'Baker' }] }),
    fc.record({ company: fc.option(text), title: fc.option(text) }),
  ),
  judge: ({ gem, unified }) => [
    ...sameText('company', unified.company, gem.company),
    ...sameText('title', unified.title, gem.title),
  ],
  mutants: [
    showsWrong('title and company swapped', 'candidates', (candidate) => ({
      ...candidate,
      company: candidate.title,
      title: candidate.company,
    })),
    showsWrong('company of the first employment', 'candidates', (candidate, gem) => {
      const [employment] = gemRecord(gem, 'candidates', candidate.remote_id)?.employments ?? [];
      return { ...candidate, company: candidate.company ?? employment?.company_name ?? null };
    }),
  ],
});
