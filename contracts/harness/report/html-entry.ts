import { gemDescription } from '../../gem.ts';
import { grade } from '../../page/evidence.ts';
import { callOf, curlOf } from '../../page/examples.ts';
import { html, Html } from '../../page/html.ts';
import type { DocumentNode } from '../../page/nodes.ts';
import type { Contradiction, Entry, Example } from '../../report.ts';
import { showValue, visible } from './show-value.ts';
import { classOf, describeCompared, headings, states } from './summary.ts';

/**
 * One entry of the page: a line that can be opened. Broken entries are open.
 *
 * @param subject what was verified: where it is an address, the operations that broke come with a call to see it again
 */
export function entrySection(entry: Entry, subject: string): Html {
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
    ${contradictions.map(comparison)}
    ${[...new Set(contradictions.map(({ about }) => about))].map((about) => callBlock(about, subject))}
    ${example && exampleBlocks(example)}
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

/** The call of an operation of Gem, for a shell; a file that lies somewhere cannot make it itself. */
function callBlock(about: string, subject: string): Html | undefined {
  const { method, path } = gemDescription.operations.get(about) ?? {};
  const document = gemDescription.document as DocumentNode;
  const operation = path && method && document.paths[path]?.[method];
  if (!operation || !/^https?:/.test(subject)) return undefined;
  const call = callOf(
    document,
    { path, method, operation },
    {
      url: subject.replace(/\/$/, ''),
      headers: { 'X-API-Key': '$GEM_API_KEY' },
      query: { per_page: 2, page_size: 2 },
      // Which record it was stands in no report; the shell fills it in.
      valuesOf: () =>
        Object.fromEntries(
          [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, `$${name.toUpperCase()}`]),
        ),
    },
  );
  return html`<h3>${headings.call}: <code>${about}</code></h3>
    ${block(curlOf(call))}`;
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
