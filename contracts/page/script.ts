import { createHash } from 'node:crypto';
import { Html } from './html.ts';

// Without it the page can be read and its links open their boxes, in browsers of the last years; it adds the filter, a
// button to copy each example and one to try it, and lets links open their boxes in older browsers too.
const text = `
const reveal = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  if (target.closest('[hidden]')) { field.value = ''; filter(); }
  const box = target.closest('details');
  if (box) box.open = true;
  target.scrollIntoView();
};
addEventListener('hashchange', reveal);

const field = document.getElementById('filter');
const boxes = [...document.querySelectorAll('details.box')];
const wordsOf = (box) => [box.querySelector('summary'), ...box.querySelectorAll('.anchor, dt code')]
  .map((part) => part.textContent).join(' ').toLowerCase();
const words = new Map();
const filter = () => {
  const wanted = field.value.toLowerCase().split(/\\s+/).filter(Boolean);
  let found = 0;
  for (const box of boxes) {
    if (!words.has(box)) words.set(box, wordsOf(box));
    box.hidden = !wanted.every((word) => words.get(box).includes(word));
    if (!box.hidden) found += 1;
  }
  for (const section of document.querySelectorAll('main section')) {
    const left = section.querySelectorAll('details.box:not([hidden])').length;
    section.hidden = wanted.length > 0 && left === 0;
    document.querySelector('.contents a[href="#' + section.querySelector('h2').id + '"]').parentElement.hidden = section.hidden;
  }
  document.getElementById('found').value = wanted.length > 0 ? found + ' found' : '';
};
document.getElementById('filter-field').hidden = false;
field.addEventListener('input', filter);
if (field.value !== '') filter();
reveal();
addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.target.closest('input, textarea')) return;
  event.preventDefault();
  field.focus();
});

const add = (to, name, more = {}) => to.appendChild(Object.assign(document.createElement(name), more));
// What can be done with an example stands side by side above it.
const deed = (block, textContent) => {
  const before = block.previousElementSibling;
  const row = before.className === 'deeds' ? before : add(block.parentElement, 'div', { className: 'deeds' });
  if (row !== before) block.before(row);
  return add(row, 'button', { type: 'button', textContent });
};
const copy = (block) => {
  const button = deed(block, 'Copy');
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(block.textContent);
    button.textContent = 'Copied';
    setTimeout(() => { button.textContent = 'Copy'; }, 1500);
  });
};
if (navigator.clipboard) for (const block of document.querySelectorAll('h4 + pre')) copy(block);

const ask = (form, name, value, isLong) => {
  const label = add(form, 'label', { textContent: name });
  const box = add(label, isLong ? 'textarea' : 'input', { spellcheck: false });
  // What a shell fills in is for the reader to say here.
  box.value = /\\$[A-Z]/.test(value) ? '' : value;
  if (box.value === '') box.placeholder = value;
  if (isLong) box.rows = Math.min(value.split('\\n').length + 1, 16);
  return box;
};
const bodyOf = (body, text) => {
  if (!body) return undefined;
  if (!body.fields) return text;
  const form = new FormData();
  for (const [name, value] of Object.entries(JSON.parse(text))) {
    const isFile = /^\\w+\\.\\w+$/.test(value);
    form.append(name, isFile ? new File(['%PDF-1.4'], value, { type: 'application/pdf' }) : value);
  }
  return form;
};
const readSome = async (response) => {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const late = new Promise((resolve) => setTimeout(resolve, 3000, { done: true, isLate: true }));
  for (;;) {
    const { done, value, isLate } = await Promise.race([reader?.read() ?? { done: true }, late]);
    if (value !== undefined) text += value;
    if (text.length > 100000 || isLate) { reader.cancel(); return text + '\\n…'; }
    if (done) break;
  }
  try { return JSON.stringify(JSON.parse(text), null, 2); } catch { return text; }
};
const tryIt = (data) => {
  const call = JSON.parse(data.value);
  const block = data.previousElementSibling;
  const form = document.createElement('form');
  form.className = 'try';
  form.hidden = true;
  form.setAttribute('aria-label', 'Try ' + block.closest('.inside').id);
  const { pathname, search } = new URL(call.url.replaceAll('$', '%24'), location.href);
  const address = ask(form, call.method, (pathname + search).replaceAll('%24', '$').replace(/\\$[A-Z_]+/g, ''));
  const headers = Object.entries(call.headers).map(([name, value]) => [name, ask(form, name, value)]);
  const given = call.body && JSON.stringify(call.body.fields ?? call.body.json ?? {}, null, 2);
  const body = call.body && ask(form, 'Body, ' + call.body.type, given, true);
  const send = add(form, 'button', { type: 'submit', textContent: 'Send' });
  const answer = document.createElement('pre');
  answer.setAttribute('role', 'status');
  answer.setAttribute('aria-label', 'Answer');
  // A long answer scrolls within itself, so the keyboard has to reach it.
  answer.tabIndex = 0;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    send.disabled = true;
    answer.textContent = '…';
    form.append(answer);
    try {
      const own = headers.map(([name, box]) => [name, box.value]).filter(([, value]) => value !== '');
      if (call.body && !call.body.fields) own.push(['Content-Type', call.body.type]);
      const sent = { method: call.method, headers: Object.fromEntries(own), body: bodyOf(call.body, body?.value) };
      // Only this server is asked, whatever stands in the field.
      const target = new URL(address.value, location.origin);
      if (target.origin !== location.origin) throw new Error('Only this server can be asked from here.');
      const begin = performance.now();
      const response = await fetch(target, sent);
      const text = await readSome(response);
      const took = Math.round(performance.now() - begin);
      answer.textContent = response.status + ' ' + response.statusText + ', ' + took + ' ms\\n' + text;
    } catch (error) {
      answer.textContent = error.message;
    }
    send.disabled = false;
  });
  block.after(form);
  const button = deed(block, 'Try it');
  button.setAttribute('aria-expanded', 'false');
  button.addEventListener('click', () => {
    form.hidden = !form.hidden;
    button.setAttribute('aria-expanded', String(!form.hidden));
    if (!form.hidden) address.focus();
  });
};
// A page has a hundred operations: each gets its form when it is first unfolded.
const prepare = (box) => {
  for (const data of box.querySelectorAll('data.call:not([data-ready])')) {
    data.dataset.ready = '';
    tryIt(data);
  }
};
for (const box of boxes) {
  if (box.open) prepare(box);
  box.addEventListener('toggle', () => prepare(box), { once: true });
}
`;

/** The only script of the page. */
export const script = new Html(`<script>${text}</script>`);

/** Names the script in the page's Content-Security-Policy, so that no other one is let in. */
export const scriptHash = `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
