import { html, type Html } from '../../../contracts/page/html.ts';
import { script } from './script.ts';
import { style } from './style.ts';

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
