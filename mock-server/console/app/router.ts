// Where the reader is: every page and the state of every list is in the address, so that it can be sent to a colleague.
import { computed, signal } from '@preact/signals';

const base = '/_console';

const current = signal(new URL(location.href));

/** The parts of the path behind `/_console`, and what the query says. */
export const address = computed(() => ({
  path: current.value.pathname.slice(base.length).split('/').filter(Boolean).map(decodeURIComponent),
  query: current.value.searchParams,
}));

/** An address of the console; what is empty is left out of its query. */
export function hrefOf(
  path: readonly string[],
  query: Readonly<Record<string, string | undefined>> = {},
): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const search = new URLSearchParams(given).toString();
  return `${base}/${path.map(encodeURIComponent).join('/')}${search === '' ? '' : `?${search}`}`;
}

/** Goes to another address of the console. */
export function go(href: string, { replace = false } = {}): void {
  const target = new URL(href, location.href);
  if (replace) history.replaceState(null, '', target);
  else history.pushState(null, '', target);
  current.value = target;
}

/** Changes some of the query and keeps the rest; what is empty is taken out. */
export function setQuery(
  changes: Readonly<Record<string, string | undefined>>,
  { replace = true } = {},
): void {
  const target = new URL(current.value);
  for (const [name, value] of Object.entries(changes)) {
    if (value) target.searchParams.set(name, value);
    else target.searchParams.delete(name);
  }
  go(target.href, { replace });
}

/** What the query says of a name; empty where it says nothing. */
export function queryOf(name: string): string {
  return address.value.query.get(name) ?? '';
}

/** Lets links within the console change the address without loading the page anew. */
export function followLinks(): void {
  addEventListener('popstate', () => {
    current.value = new URL(location.href);
  });
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const isPlain =
      event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !isPlain || event.defaultPrevented || link.target !== '' || link.hasAttribute('download'))
      return;
    if (link.origin !== location.origin || !`${link.pathname}/`.startsWith(`${base}/`)) return;
    event.preventDefault();
    go(link.href);
    scrollTo(0, 0);
  });
}
