import { html, Html } from '../../page/html.ts';
import { baseStyle } from '../../page/style.ts';
import { entrySection } from './html-entry.ts';
import type { Report } from '../../report.ts';
import { visible } from './show-value.ts';
import { classOf, countStates, describeDuration, groupsOf, stateNames, states } from './summary.ts';

/**
 * Writes a report as one page for people, without scripts and external files. Broken entries are open, the others can be
 * opened, and each state can be hidden.
 */
export function toHtml(report: Report): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>${visible(report.title)}: ${countStates(report).broken} broken</title>
        <style>
          ${new Html(baseStyle)} ${reportStyle}
        </style>
      </head>
      <body class="report">
        <main>
          <h1>${visible(report.title)}</h1>
          ${about(report)} ${filters(report)}
          ${groupsOf(report).map(
            ([group, entries]) =>
              html`<section>
                <h2>${visible(group)}</h2>
                ${entries.map((entry) => entrySection(entry, report.subject))}
              </section>`,
          )}
        </main>
      </body>
    </html> `;
  return `${page.text}\n`;
}

function about({ subject, startedAt, duration, seed }: Report): Html {
  const facts = [
    ['verified', html`<code>${visible(subject)}</code>`],
    ['at', html`<time datetime="${startedAt}">${startedAt.slice(0, 19).replace('T', ' ')} UTC</time>`],
    ['took', describeDuration(duration)],
    ...(seed === undefined ? [] : [['seed', html`<code>${seed}</code>`] as const]),
  ] as const;
  return html`<dl class="facts">
    ${facts.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

/** Boxes that work without a script: the style checks whether they are ticked. */
function filters(report: Report): Html {
  const counts = countStates(report);
  return html`<form class="filters" aria-label="Show">
    ${stateNames.map((state) => {
      const { sign, word } = states[state];
      return html`<label class="${classOf(state)}">
        <input type="checkbox" id="show-${classOf(state)}" checked />${sign} ${counts[state]} ${word}
      </label>`;
    })}
  </form>`;
}

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
.facts div { display: flex; gap: .5rem; } .facts dt { color: var(--soft); flex: none; } .facts dd { margin: 0; }
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
