import type { Evidence, Grade } from '../description.ts';
import { html, type Html } from './html.ts';

/** What each grade means, from the surest to the least sure. */
export const gradeMeanings: Readonly<Record<Grade, string>> = {
  documented: 'stated by the vendor',
  observed: 'seen in other people’s code or in recorded answers',
  lineage: 'inherited from the API that this one descends from',
  assumed: 'our own choice, until somebody knows better',
};

/** The grade of a promise; its source shows on hovering. */
export function evidenceBadge(evidence: Evidence | undefined): Html | undefined {
  if (!evidence) return undefined;
  return html`<span class="grade ${evidence.grade}" title="${evidence.source}">${evidence.grade}</span>`;
}
