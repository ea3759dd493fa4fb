import type { Evidence, Grade } from '../description.ts';
import { html, type Html } from './html.ts';

/** What each grade means, from the surest to the least sure. */
export const gradeMeanings: Readonly<Record<Grade, string>> = {
  documented: 'stated by the vendor',
  observed: 'seen in other people’s code or in recorded answers',
  lineage: 'inherited from the API that this one descends from',
  assumed: 'our own choice, until somebody knows better',
};

/**
 * The grade of what stands at a place of the description, and the other forms that the facts leave open; its source shows
 * on hovering.
 */
export function evidenceBadge(node: Proven): Html | undefined {
  const { 'x-evidence': evidence, 'x-alternatives': alternatives = [] } = node;
  if (!evidence) return undefined;
  const others = alternatives.map(String).join(', ');
  return html`<span class="grade ${evidence.grade}" title="${evidence.source}">${evidence.grade}</span>
    ${others === '' ? undefined : html`<i class="alternatives">or: ${others}</i>`}`;
}

interface Proven {
  'x-evidence'?: Evidence;
  'x-alternatives'?: (string | null)[];
}
