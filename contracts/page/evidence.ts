import type { Description, Grade } from '../description.ts';
import { html, inline, type Html } from './html.ts';
import type { Proven } from './nodes.ts';

/** What each grade means, from the surest to the least sure. */
export const gradeMeanings: Readonly<Record<Grade, string>> = {
  documented: 'stated by the vendor',
  observed: 'seen in other people’s code or in recorded answers',
  lineage: 'inherited from the API that this one descends from',
  assumed: 'our own choice, until somebody knows better',
};

/** Whether the grades of a description tell anything: where all are the same, they do not. */
export function isGraded({ operations }: Description): boolean {
  return new Set([...operations.values()].map(({ evidence }) => evidence.grade)).size > 1;
}

/** How much of the API rests on what. */
export function gradeList({ operations }: Description): Html {
  const all = [...operations.values()];
  const count = (grade: string) => all.filter(({ evidence }) => evidence.grade === grade).length;
  return html`<h2 id="evidence">Evidence</h2>
    <dl class="fields grades">
      ${Object.entries(gradeMeanings).map(
        ([grade, meaning]) =>
          html`<div>
            <dt>${badge(grade)}</dt>
            <dd>${meaning}; ${count(grade)} of ${all.length} operations</dd>
          </div>`,
      )}
    </dl>`;
}

/** The grade alone, for the line of an operation. */
export function grade({ 'x-evidence': evidence }: Proven): Html | undefined {
  return evidence && badge(evidence.grade);
}

/** Where a promise comes from, with its grade, and the other forms that the facts leave open. */
export function evidenceLine(node: Proven): Html | undefined {
  const { 'x-evidence': evidence, 'x-alternatives': alternatives = [] } = node;
  if (!evidence) return undefined;
  const others = alternatives.map(String).join(', ');
  return html`<span class="source"
    >${badge(evidence.grade)} ${inline(evidence.source)}${others === '' ? '' : html`; or: ${others}`}</span
  >`;
}

function badge(grade: string): Html {
  return html`<span class="grade ${grade}">${grade}</span>`;
}
