import { createHash } from 'node:crypto';
import { html, Html } from '../../../contracts/page/html.ts';
import { tokens } from '../../../contracts/page/tokens.ts';

/** One page for a customer. */
export interface Layout {
  title: string;
  /** Which of the three steps it is; undefined where it is none. */
  step?: 1 | 2 | 3;
  body: Html;
  /** What else belongs into the head. */
  head?: Html | undefined;
}

const steps = ['Key', 'Choices', 'First sync'];

/** Puts a page together. */
export function layout({ title, step, body, head }: Layout): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <link rel="icon" href="data:," />
        <title>${title}</title>
        ${style} ${head}
      </head>
      <body>
        <main>${closeButton} ${step && stepsOf(step)} ${body}</main>
        <footer>Your key is sent to this server only, and kept encrypted.</footer>
        ${script}
      </body>
    </html>`.text;
}

/** Shown only where another page has this one in a frame, which cannot be closed otherwise. */
const closeButton = html`<button
  id="close"
  class="close"
  type="button"
  aria-label="Close"
  title="Close"
  hidden
>
  ✕
</button>`;

function stepsOf(current: number): Html {
  return html`<ol class="steps" aria-label="Steps">
    ${steps.map((name, index) => stepOf(name, index + 1, current))}
  </ol>`;
}

function stepOf(name: string, step: number, current: number): Html {
  if (step === current) return html`<li aria-current="step">${name}</li>`;
  return step < current ? html`<li class="past">${name}</li>` : html`<li>${name}</li>`;
}

/** What went wrong, at the top of a form, where a screen reader says it first. */
export function problemNotice(problem: { title: string; advice: string } | undefined): Html | undefined {
  if (!problem) return undefined;
  return html`<div class="notice bad" role="alert" id="problem">
    <p><strong>${problem.title}</strong></p>
    <p>${problem.advice}</p>
  </div>`;
}

// Without it the progress is loaded anew every few seconds, and there is no button to close the page with. With it, only what
// changes is put in its place, and a page that shows this one in a frame is told of the end in the words that
// `@kombo-api/connect` listens for: a connection that was made, and a page that was closed.
const scriptText = `
const part = (page, id) => page.getElementById(id);
const tell = (type, data) => parent.postMessage({ type, data }, '*');
const progress = part(document, 'progress');
if (parent !== window) {
  const close = () => tell('close');
  const button = part(document, 'close');
  button.hidden = false;
  button.addEventListener('click', close);
  addEventListener('keydown', ({ key, isComposing }) => { if (key === 'Escape' && !isComposing) close(); });
  if (progress) tell('success', { activation_token: progress.dataset.token });
}
const wait = () => { if (progress?.dataset.state === 'underway') setTimeout(look, 1000); };
const look = async () => {
  const answer = await fetch(location.href).then((response) => response.text()).catch(() => '');
  const page = new DOMParser().parseFromString(answer, 'text/html');
  const next = part(page, 'progress');
  if (next) {
    progress.dataset.state = next.dataset.state;
    document.title = page.title;
    for (const id of ['said', 'lists']) {
      const [now, then] = [part(document, id), part(page, id)];
      if (now.innerHTML !== then.innerHTML) now.replaceChildren(...then.childNodes);
    }
  }
  wait();
};
wait();
`;

/** The only script, on every page: it keeps the progress of the first sync fresh, and tells the page around it of the end. */
export const script = new Html(`<script>${scriptText}</script>`);

/** Names the script in the page's Content-Security-Policy, so that no other one is let in. */
export const scriptHash = `'sha256-${createHash('sha256').update(scriptText).digest('base64')}'`;

const styleText = `${tokens}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; background: var(--ground); color: var(--ink);
  font: 1rem/1.55 var(--sans); display: flex; flex-direction: column; align-items: center; padding: 3rem 1rem; }
main { position: relative; width: 100%; max-width: 33rem; background: var(--paper); border: 1px solid var(--line); border-radius: 14px;
  padding: 2rem 2.25rem 2.25rem; box-shadow: 0 1px 2px rgb(20 30 60 / 5%), 0 12px 32px rgb(20 30 60 / 6%); }
h1 { font-size: 1.45rem; line-height: 1.25; margin: 0 0 .4rem; letter-spacing: -.01em; }
h2 { font-size: 1rem; margin: 1.8rem 0 .5rem; }
p { margin: .5rem 0; }
a { color: var(--accent); }
.lead, .hint, footer { color: var(--soft); }
.lead b, .hint b { color: var(--ink); }
.hint { font-size: .9rem; margin: .25rem 0 .5rem; }
.steps { list-style: none; display: flex; gap: .5rem; padding: 0; margin: 0 0 1.6rem; font-size: .85rem; color: var(--soft); }
.steps li { flex: 1; border-top: 3px solid var(--line); padding-top: .4rem; }
.steps li.past { border-color: var(--accent); }
.steps li[aria-current] { border-color: var(--accent); color: var(--ink); font-weight: 600; }
label, legend { display: block; font-weight: 600; padding: 0; }
.field { margin-top: 1.2rem; }
fieldset { border: 0; padding: 0; margin: 1.8rem 0 0; min-width: 0; }
fieldset label { margin-bottom: .3rem; }
.optional { font-weight: 400; color: var(--soft); }
input, select { width: 100%; font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--edge); border-radius: 8px;
  padding: .6rem .75rem; min-height: 2.9rem; }
[aria-invalid=true] { border-color: var(--bad); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
button { font: inherit; font-weight: 600; cursor: pointer; border-radius: 8px; min-height: 2.9rem; padding: .6rem 1.25rem;
  border: 1px solid var(--accent); background: var(--accent); color: var(--accent-ink); }
button:hover { filter: brightness(1.08); }
button.plain { background: none; border: 0; color: var(--accent); font-weight: 400; padding: .6rem .25rem; text-decoration: underline; }
button.close { position: absolute; top: .75rem; right: .75rem; min-height: 2.25rem; width: 2.25rem; padding: 0; line-height: 1;
  background: none; border: 0; color: var(--soft); }
.close:not([hidden]) + .steps { padding-right: 2.25rem; }
.actions { margin-top: 1.8rem; display: flex; flex-wrap: wrap; gap: .75rem 1rem; align-items: center; }
.notice { border-radius: 10px; padding: .85rem 1rem; margin: 1.2rem 0; background: var(--tint); }
.notice.bad { background: var(--bad-tint); border-left: 4px solid var(--bad); }
.notice.bad strong { color: var(--bad); }
.notice p:first-child { margin-top: 0; } .notice p:last-child { margin-bottom: 0; }
ol.path { padding-left: 1.3rem; margin: .5rem 0; } ol.path li { margin: .2rem 0; }
details { margin-top: 1.4rem; border-top: 1px solid var(--line); padding-top: .9rem; }
summary { cursor: pointer; font-weight: 600; }
ul.plain { padding-left: 1.2rem; margin: .4rem 0; columns: 2; } ul.plain li { break-inside: avoid; }
progress { width: 100%; height: .6rem; accent-color: var(--accent); margin: 1rem 0 .4rem; }
table { width: 100%; border-collapse: collapse; margin-top: .8rem; font-size: .95rem; }
th, td { text-align: left; font-weight: 400; padding: .4rem 0; border-bottom: 1px solid var(--line); } td { text-align: right; color: var(--soft); }
.done { color: var(--good); font-weight: 600; }
footer { max-width: 33rem; font-size: .85rem; margin-top: 1.2rem; text-align: center; }
@media (max-width: 30rem) { body { padding: 0; background: var(--paper); } main { border: 0; border-radius: 0; box-shadow: none;
  padding: 1.4rem 1.25rem; } ul.plain { columns: 1; } .actions button { width: 100%; } footer { padding: 0 1.25rem 1.5rem; } }
`;

/** The look of the connection page: quiet, by day and by night, on a desk and in a hand. */
export const style = new Html(`<style>${styleText}</style>`);

/** Names the style in the page's Content-Security-Policy, so that no other one is let in. */
export const styleHash = `'sha256-${createHash('sha256').update(styleText).digest('base64')}'`;
