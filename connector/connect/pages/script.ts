import { createHash } from 'node:crypto';
import { Html } from '../../../contracts/page/html.ts';

// Without it the progress is loaded anew every few seconds, and there is no button to close the page with. With it, only what
// changes is put in its place, and a page that shows this one in a frame is told of the end in the words that
// `@kombo-api/connect` listens for: a connection that was made, and a page that was closed.
const text = `
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
export const script = new Html(`<script>${text}</script>`);

/** Names the script in the page's Content-Security-Policy, so that no other one is let in. */
export const scriptHash = `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
