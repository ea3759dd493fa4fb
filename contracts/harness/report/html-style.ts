import { Html } from '../../page/html.ts';
import { classOf, stateNames } from './summary.ts';

const names = stateNames.map(classOf);

/** Styles of a report, beside those of all pages. */
export const reportStyle = new Html(`
:root { --unseen: var(--soft); }
body.report { overflow-wrap: anywhere; }
main { max-width: 62rem; margin: 0 auto; padding: 2rem 1.2rem 4rem; }
h1 { font-size: 1.7rem; line-height: 1.2; letter-spacing: -.015em; margin: 0 0 .4rem; } h2 { font-size: 1.2rem; margin: 2.2rem 0 .5rem; }
h2::first-letter { text-transform: uppercase; }
details { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; margin: .4rem 0; padding: .5rem 1rem; }
details[open] { padding-bottom: 1rem; }
summary { cursor: pointer; display: flex; flex-wrap: wrap; gap: .1rem .8rem; align-items: baseline; }
.facts { display: flex; flex-wrap: wrap; gap: .2rem 1.6rem; margin: .4rem 0 1rem; }
.facts div { display: flex; gap: .5rem; } .facts dt { color: var(--soft); } .facts dd { margin: 0; }
.filters { display: flex; flex-wrap: wrap; gap: .6rem 1.4rem; position: sticky; top: 0; padding: .6rem 0; background: var(--ground); }
.filters label { cursor: pointer; } .filters input { margin: 0 .4rem 0 0; }
.held .sign, .filters .held { color: var(--good); }
.broken .sign, .filters .broken { color: var(--bad); }
.not-observed .sign, .filters .not-observed { color: var(--unseen); }
.entry.broken { border-color: var(--bad); }
.entry .sign { width: 1rem; font-weight: 700; }
.entry .name { min-width: 11rem; font-weight: 600; }
.entry .summary { flex: 1 1 20rem; } .entry > p { margin: .4rem 0; }
h3 { font-size: 1rem; margin: 1.2rem 0 .4rem; }
pre { margin: 0; padding: .6rem .8rem; max-height: 26rem; overflow: auto; border-radius: 8px; white-space: pre-wrap;
  background: var(--ground); border: 1px solid var(--line); }
.sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(16rem, 1fr)); gap: .8rem; }
.sides figure { margin: 0; min-width: 0; } .sides figcaption { color: var(--soft); margin-bottom: .2rem; }
.expected pre { border-left: 3px solid var(--good); } .got pre { border-left: 3px solid var(--bad); }
${names.map((name) => `${without([name])} .entry.${name} { display: none; }`).join('\n')}
${subsets(names).map(emptied).join('\n')}
@media print { .filters { display: none; } pre { max-height: none; } }
`);

/** Hides groups that are empty while these states are hidden. */
function emptied(hidden: readonly string[]): string {
  const left = names.filter((name) => !hidden.includes(name)).map((name) => `.entry.${name}`);
  const empty = left.length === 0 ? '' : `:not(:has(${left.join(', ')}))`;
  return `${without(hidden)} section${empty} { display: none; }`;
}

/** Matches the page while the boxes of these states are not ticked. */
function without(hidden: readonly string[]): string {
  return `body${hidden.map((name) => `:has(#show-${name}:not(:checked))`).join('')}`;
}

function subsets(of: readonly string[]): string[][] {
  const [first, ...rest] = of;
  if (first === undefined) return [];
  const smaller = subsets(rest);
  return [[first], ...smaller, ...smaller.map((subset) => [first].concat(subset))];
}
