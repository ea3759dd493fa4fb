import { signal } from '@preact/signals';
import { Dialog } from '../parts/dialog.tsx';
import { hrefOfPlace, places } from './places.ts';
import { go } from './router.ts';

/** Whether the list of keys is shown. */
export const areKeysShown = signal(false);

let afterG = 0;

/** All can be done by keyboard: `g` and a letter go to a page, `/` searches, `?` lists the keys. */
export function listenToKeys(): void {
  document.addEventListener('keydown', (event) => {
    const { target, key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (target instanceof Element && target.closest(writing)) {
      if (key === 'Escape' && target instanceof HTMLElement && !target.closest('dialog')) target.blur();
      return;
    }
    if (document.querySelector('dialog[open]')) return;
    if (key === '?') areKeysShown.value = true;
    else if (key === '/') press('[data-key-search]', event, (element) => element.focus());
    else if (key === 'n') press('[data-key-new]', event, (element) => element.click());
    else if (key === 'j' || key === 'k') moveInList(key === 'j' ? 1 : -1, event);
    else if (key === 'g') {
      afterG = event.timeStamp;
      return;
    } else if (event.timeStamp - afterG < 1500) {
      const place = places.find((one) => one.key === key);
      if (place) go(hrefOfPlace(place));
    }
    afterG = 0;
  });
}

/** Where keys are written, and mean nothing else. */
const writing = 'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], .editor';

function press(selector: string, event: Event, does: (element: HTMLElement) => void): void {
  const element = document.querySelector(selector);
  if (!(element instanceof HTMLElement)) return;
  event.preventDefault();
  does(element);
}

/** The next link of the list that the page shows first. */
function moveInList(step: number, event: Event): void {
  const links = [...document.querySelectorAll<HTMLElement>('[data-key-list] a.main')];
  if (links.length === 0) return;
  const here = links.findIndex((link) => link === document.activeElement || link.ariaCurrent === 'true');
  event.preventDefault();
  links[Math.min(links.length - 1, Math.max(0, here + step))]?.focus();
}

/** All keys, in a dialog. */
export function Keys() {
  if (!areKeysShown.value) return null;
  const rows = [
    ['?', 'this list'],
    ['/', 'search'],
    ['n', 'new, where something can be made'],
    ['j k', 'down and up in a list; Enter opens'],
    ['Esc', 'close, or leave a field'],
    ...places.map(({ key, name }) => [`g ${key}`, name]),
  ];
  return (
    <Dialog title="Keys" onClose={() => (areKeysShown.value = false)}>
      <dl class="keys">
        {rows.map(([keys = '', what]) => (
          <div key={keys}>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
