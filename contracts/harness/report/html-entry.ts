import { grade } from '../../page/evidence.ts';
import { html, Html } from '../../page/html.ts';
import type { Contradiction, Entry, Example } from '../../report.ts';
import { showValue, visible } from './show-value.ts';
import { classOf, describeCompared, headings, states } from './summary.ts';

/** One entry of the page: a line that can be opened. Broken entries are open. */
export function entrySection(entry: Entry): Html {
  const { name, statement, evidence, state, remark, contradictions, example } = entry;
  const compared = describeCompared(entry);
  const { sign, word } = states[state];
  const open = new Html(state === 'broken' ? ' open' : '');
  return html`<details class="entry ${classOf(state)}" id="${name}" ${open}>
    <summary>
      <span class="sign" role="img" aria-label="${word}">${sign}</span>
      <code class="name">${visible(name)}</code>
      <span class="summary"
        >${marked(statement)}${remark === undefined ? undefined : html` <i>– ${marked(remark)}</i>`}</span
      >
      ${grade({ 'x-evidence': evidence })}
    </summary>
    <p class="source">
      ${visible(evidence.source)}${compared === undefined ? undefined : html` <i>– ${compared}</i>`}
    </p>
    ${contradictions.map(comparison)} ${example && exampleBlocks(example)}
  </details>`;
}

function comparison({ about, what, expected, got, trace }: Contradiction): Html {
  return html`<h3>${visible(about)}: <code>${visible(what)}</code></h3>
    <div class="sides">
      <figure class="expected">
        <figcaption>expected</figcaption>
        ${block(showValue(expected))}
      </figure>
      <figure class="got">
        <figcaption>got</figcaption>
        ${block(showValue(got))}
      </figure>
    </div>
    ${trace === undefined ? undefined : block(trace)}`;
}

function exampleBlocks({ scenario, actions, replay, file }: Example): Html {
  return html`<h3>${headings.example}</h3>
    ${file === undefined ? undefined : html`<p>It was written to <code>${visible(file)}</code>.</p>`}
    ${block(scenario)}
    ${
      actions.length === 0
        ? undefined
        : html`<h3>${headings.actions}</h3>
            ${block(actions.join('\n'))}`
    }
    <h3>${headings.replay}</h3>
    ${block(replay)}`;
}

/** Preformatted text. The keyboard can reach it, because it may be longer than its box. */
function block(text: string): Html {
  return html`<pre tabindex="0"><code>${visible(text.trimEnd())}</code></pre>`;
}

/** Prose with names in backticks. */
function marked(text: string): Html {
  const parts = visible(text).split(/`([^`]+)`/);
  return html`${parts.map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}
