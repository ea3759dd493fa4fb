import { returningPeople } from '../harness/cases/applications.ts';
import { recordOf, showsWrong } from '../harness/mutants.ts';
import { readingRule } from '../harness/rule.ts';

export default readingRule({
  statement: "a candidate's `source` is the source of the candidate's initial application",
  evidence: { grade: 'documented', source: "kombo's page on its Gem connector, Candidates" },
  of: 'candidates',
  becomes: 'candidates',
  needs: ['candidates.source'],
  cases: returningPeople,
  judge({ gem, unified }) {
    const times = gem.applications.map(({ applied_at }) => Date.parse(applied_at));
    const initial = gem.applications.filter((_one, index) => times[index] === Math.min(...times));
    // Two applications of one moment are both initial; nothing is stated about which of them counts.
    const sources = new Set(initial.map(({ source }) => source?.public_name ?? null));
    if (sources.size === 0) sources.add(null);
    if (sources.has(unified.source)) return [];
    return [{ what: 'source', expected: [...sources].join(' or '), got: unified.source }];
  },
  mutants: [
    showsWrong('latest source', 'candidates', (candidate, gem) => {
      const known = recordOf(gem, 'candidates', candidate.remote_id)?.applications ?? [];
      const latest = known.toSorted((one, other) => one.applied_at.localeCompare(other.applied_at)).at(-1);
      return { ...candidate, source: latest?.source?.public_name ?? null };
    }),
    showsWrong('first source known', 'candidates', (candidate, gem) => {
      const known = recordOf(gem, 'candidates', candidate.remote_id)?.applications ?? [];
      const first = known.find(({ source }) => source !== null);
      return { ...candidate, source: first?.source?.public_name ?? null };
    }),
  ],
});
