import { html, Html } from '../../page/html.ts';
import { baseStyle } from '../../page/style.ts';
import { entrySection } from './html-entry.ts';
import { reportStyle } from './html-style.ts';
import type { Report } from './report.ts';
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
                ${entries.map(entrySection)}
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
