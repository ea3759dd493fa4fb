import { createHash } from 'node:crypto';
import { Html } from '../../../contracts/page/html.ts';

// Without it the page is loaded anew every few seconds. With it, only what changes is put in its place, and a page that
// shows this one within itself is told the token of the finished connection.
const text = `
const part = (page, id) => page.getElementById(id);
const tell = () => {
  const { state, token } = part(document, 'progress').dataset;
  if (state === 'done' && parent !== window) parent.postMessage({ type: 'gem-connected', token }, '*');
  if (state === 'underway') setTimeout(look, 1000);
};
const look = async () => {
  const answer = await fetch(location.href).then((response) => response.text()).catch(() => '');
  const page = new DOMParser().parseFromString(answer, 'text/html');
  const next = part(page, 'progress');
  if (next) {
    part(document, 'progress').dataset.state = next.dataset.state;
    document.title = page.title;
    for (const id of ['said', 'lists']) {
      const [now, then] = [part(document, id), part(page, id)];
      if (now.innerHTML !== then.innerHTML) now.replaceChildren(...then.childNodes);
    }
  }
  tell();
};
tell();
`;

/** The only script: it keeps the progress of the first sync fresh. */
export const script = new Html(`<script>${text}</script>`);

/** Names the script in the page's Content-Security-Policy, so that no other one is let in. */
export const scriptHash = `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
