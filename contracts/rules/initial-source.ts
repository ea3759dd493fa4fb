import type { GemSchemas } from '../gem.ts';
import type { UnifiedSchemas } from '../unified.ts';
import { connectorPage, type ReadRule } from './rule.ts';

export const initialSource: ReadRule<GemSchemas['Candidate'], UnifiedSchemas['Candidate']> = {
  name: 'initial-source',
  statement: "a candidate's `source` is the source of the candidate's initial application",
  source: connectorPage,
  kind: 'read',
  holds({ gem, unified }) {
    const byTime = gem.applications.toSorted(
      (left, right) => new Date(left.applied_at).getTime() - new Date(right.applied_at).getTime(),
    );
    const earliest = byTime[0] && new Date(byTime[0].applied_at).getTime();
    const initial = byTime.filter(({ applied_at }) => new Date(applied_at).getTime() === earliest);
    // Two applications of one moment are both initial; nothing is stated about which of them counts.
    const sources = new Set(initial.map(({ source }) => source?.public_name ?? null));
    if (sources.size === 0) sources.add(null);
    if (sources.has(unified.source)) return [];
    return [`source is ${unified.source} and should be ${[...sources].join(' or ')}`];
  },
};
