import { createHash } from 'node:crypto';
import { Html } from './html.ts';

// Without it the page can be read and its links open their boxes, in browsers of the last years; it adds the filter and a
// button to copy each example, and lets links open their boxes in older browsers too.
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
  if (event.key !== '/' || event.target.closest('input')) return;
  event.preventDefault();
  field.focus();
});

const copy = (block) => {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Copy';
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(block.textContent);
    button.textContent = 'Copied';
    setTimeout(() => { button.textContent = 'Copy'; }, 1500);
  });
  block.before(button);
};
if (navigator.clipboard) for (const block of document.querySelectorAll('h4 + pre')) copy(block);
`;

/** The only script of the page. */
export const script = new Html(`<script>${text}</script>`);

/** Names the script in the page's Content-Security-Policy, so that no other one is let in. */
export const scriptHash = `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
