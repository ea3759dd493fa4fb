import { Html } from '../../page/html.ts';
import { classOf, stateNames } from './summary.ts';

const names = stateNames.map(classOf);

/** What a report's page has beside the look of all pages. */
export const reportStyle = new Html(`
:root { --good: #15803d; --bad: #b91c1c; --unseen: #6b7280; }
@media (prefers-color-scheme: dark) { :root { --good: #4ade80; --bad: #f87171; --unseen: #9ca3af; } }
body.report { overflow-wrap: anywhere; }
.facts { display: flex; flex-wrap: wrap; gap: .2rem 1.6rem; margin: .4rem 0 1rem; }
.facts div { display: flex; gap: .5rem; } .facts dt { opacity: .6; } .facts dd { margin: 0; }
.filters { display: flex; flex-wrap: wrap; gap: .6rem 1.4rem; position: sticky; top: 0; padding: .6rem 0; background: Canvas; }
.filters label { cursor: pointer; } .filters input { margin: 0 .4rem 0 0; }
.held .sign, .filters .held { color: var(--good); }
.broken .sign, .filters .broken { color: var(--bad); }
.not-observed .sign, .filters .not-observed { color: var(--unseen); }
.entry.broken { border-color: var(--bad); }
.entry .sign { width: 1rem; font-weight: 700; }
.entry .name { min-width: 11rem; font-weight: 600; }
.entry .summary { flex: 1 1 20rem; } .entry > p { margin: .4rem 0; }
h3 { font-size: 1rem; margin: 1.2rem 0 .4rem; }
pre { margin: 0; padding: .6rem .8rem; max-height: 26rem; overflow: auto; border-radius: 6px; white-space: pre-wrap;
  background: color-mix(in srgb, currentcolor 6%, transparent); }
.sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(16rem, 1fr)); gap: .8rem; }
.sides figure { margin: 0; min-width: 0; } .sides figcaption { opacity: .6; margin-bottom: .2rem; }
.expected pre { border-left: 3px solid var(--good); } .got pre { border-left: 3px solid var(--bad); }
${names.map((name) => `${without([name])} .entry.${name} { display: none; }`).join('\n')}
${subsets(names).map(emptied).join('\n')}
@media print { .filters { display: none; } pre { max-height: none; } }
`);

/** Hides the groups in which nothing is left when these states are out of sight. */
function emptied(hidden: readonly string[]): string {
  const left = names.filter((name) => !hidden.includes(name)).map((name) => `.entry.${name}`);
  const empty = left.length === 0 ? '' : `:not(:has(${left.join(', ')}))`;
  return `${without(hidden)} section${empty} { display: none; }`;
}

/** Selects the page while the boxes of these states are not ticked. */
function without(hidden: readonly string[]): string {
  return `body${hidden.map((name) => `:has(#show-${name}:not(:checked))`).join('')}`;
}

function subsets(of: readonly string[]): string[][] {
  const [first, ...rest] = of;
  if (first === undefined) return [];
  const smaller = subsets(rest);
  return [[first], ...smaller, ...smaller.map((subset) => [first].concat(subset))];
}
