import * as fc from 'fast-check';
import { same } from '../support/compare.ts';
import { people } from '../cases/people.ts';
import { gemRecord, showsWrong } from '../support/mutants.ts';
import { readingRule } from '../../harness/rule.ts';

export default readingRule({
  statement: 'a candidate has no `location`, no `tags` and no `remote_url`: they are not covered for Gem',
  evidence: {
    grade: 'assumed',
    source: 'not on the list of kombo-unified-api §2.3; the values are recommended',
  },
  of: 'candidates',
  becomes: 'candidates',
  needs: [],
  about: ['candidates.location', 'candidates.tags', 'candidates.remote_url'],
  cases: people(
    fc.constant({ tags: ['silver medalist'] }),
    fc.record({ tags: fc.array(fc.constantFrom('referral', 'Größe', ''), { maxLength: 3 }) }),
  ),
  judge: ({ unified }) => [
    ...same('location', unified.location, null),
    ...same('tags', unified.tags, []),
    ...same('remote_url', unified.remote_url, null),
  ],
  mutants: [
    showsWrong("Gem's tags", 'candidates', (candidate, gem) => {
      const tags = gemRecord(gem, 'candidates', candidate.remote_id)?.tags ?? [];
      return { ...candidate, tags: tags.map((name) => ({ id: candidate.id, name, remote_id: null })) };
    }),
    showsWrong("a link into Gem's app", 'candidates', (candidate) => ({
      ...candidate,
      remote_url: `https://www.gem.com/candidate/${candidate.remote_id}`,
    })),
  ],
});
