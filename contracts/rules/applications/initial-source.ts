import { returningPeople } from '../cases/people.ts';
import { gemRecord, showsWrong } from '../support/mutants.ts';
import { readingRule } from '../../harness/rule.ts';
import { check } from '../support/compare.ts';

export default readingRule({
  statement: "a candidate's `source` is the source of the candidate's initial application",
  evidence: { grade: 'documented', source: 'kombo-gem-connector §3 #6' },
  of: 'candidates',
  becomes: 'candidates',
  needs: ['candidates.source'],
  cases: returningPeople,
  judge({ gem, unified, all }) {
    // Where Gem does not nest applications in their candidate, a connector may look them up in their own list, or not.
    const isRepeated = gem.applications.length > 0;
    if (!isRepeated && unified.source === null) return [];
    const own = isRepeated
      ? gem.applications
      : all.applications.filter(({ candidate_id: id }) => id === gem.id);
    const times = own.map(({ applied_at }) => Date.parse(applied_at));
    const initial = own.filter((_one, index) => times[index] === Math.min(...times));
    // Of two applications at the same moment, either may count as the first.
    const sources = new Set(initial.map(({ source }) => source?.public_name ?? null));
    if (sources.size === 0) sources.add(null);
    const expected = [...sources].join(' or ');
    return check(sources.has(unified.source), { what: 'source', expected, got: unified.source });
  },
  mutants: [
    showsWrong('latest source', 'candidates', (candidate, gem) => {
      const known = gemRecord(gem, 'candidates', candidate.remote_id)?.applications ?? [];
      const latest = known.toSorted((one, other) => one.applied_at.localeCompare(other.applied_at)).at(-1);
      return { ...candidate, source: latest?.source?.public_name ?? null };
    }),
    showsWrong('first source known', 'candidates', (candidate, gem) => {
      const known = gemRecord(gem, 'candidates', candidate.remote_id)?.applications ?? [];
      const first = known.find(({ source }) => source !== null);
      return { ...candidate, source: first?.source?.public_name ?? null };
    }),
  ],
});
