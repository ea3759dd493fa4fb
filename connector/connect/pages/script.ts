import { createHash } from 'node:crypto';
import { Html } from '../../../contracts/page/html.ts';

// Without it the page is loaded anew every few seconds. With it, only what changes is put in its place, and a page that
// shows this one within itself is told the token of the finished connection.
const text = `
const region = () => document.getElementById('progress');
const tell = () => {
  const { state, token } = region().dataset;
  if (state === 'done' && parent !== window) parent.postMessage({ type: 'gem-connected', token }, '*');
  return state === 'underway';
};
const look = async () => {
  const answer = await fetch(location.href).then((response) => response.text()).catch(() => undefined);
  const next = answer && new DOMParser().parseFromString(answer, 'text/html').getElementById('progress');
  if (next) region().replaceWith(document.adoptNode(next));
  if (tell()) setTimeout(look, 1000);
};
if (tell()) setTimeout(look, 1000);
`;

/** The only script: it keeps the progress of the first sync fresh. */
export const script = new Html(`<script>${text}</script>`);

/** Names the script in the page's Content-Security-Policy, so that no other one is let in. */
export const scriptHash = `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
