import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { closedBecause, giveToken, Refused, server } from '../api/call.ts';
import { ask } from '../api/control.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Empty } from '../parts/states.tsx';
import { areCallsShown, Calls } from './calls.tsx';
import { areKeysShown, Keys } from './keys.tsx';
import { refresh, useAnswer } from './live.ts';
import { Notices } from './notices.tsx';
import { hrefOfPlace, placeHere, places, worldHere, type Place } from './places.ts';
import { address, hrefOf } from './router.ts';
import { chooseTheme, theme, type Theme } from './theme.ts';

const isMenuOpen = signal(false);

/** What stands around every page: where one can go, which world is looked at, and how the server is. */
export function Shell({ children }: { children: ComponentChildren }) {
  const here = placeHere().id;
  const name = places.find(({ id }) => id === here)?.name;
  document.title = `${name ?? 'Console'} · mock-gem`;
  return (
    <>
      <a class="skip" href="#content">
        Skip to the content
      </a>
      <header class="top">
        <a class="brand" href={hrefOf(['worlds'])}>
          <Mark /> mock-gem
        </a>
        <button
          type="button"
          class="quiet menu"
          aria-expanded={isMenuOpen.value}
          aria-controls="navigation"
          onClick={() => (isMenuOpen.value = !isMenuOpen.value)}
        >
          {isMenuOpen.value ? 'Close' : 'Menu'}
        </button>
      </header>
      <nav id="navigation" class={isMenuOpen.value ? 'side open' : 'side'} aria-label="Pages">
        <a class="brand" href={hrefOf(['worlds'])}>
          <Mark /> mock-gem
        </a>
        <WorldHere />
        <Links all={places.filter(isShownWithWorld)} here={here} />
        <p class="group">Server</p>
        <Links all={places.filter((place) => !isShownWithWorld(place))} here={here} />
        <div class="foot">
          <button type="button" class="quiet" onClick={() => (areCallsShown.value = true)}>
            Calls as curl
          </button>
          <button type="button" class="quiet" onClick={() => (areKeysShown.value = true)}>
            Keys <kbd>?</kbd>
          </button>
          <a class="quiet" href="/docs" target="_blank" rel="noreferrer">
            API pages
          </a>
          <label class="theme">
            <span>Theme</span>
            <select
              value={theme.value}
              onChange={({ currentTarget }) => chooseTheme(currentTarget.value as Theme)}
            >
              <option value="system">System</option>
              <option value="light">Light</option>
              <option value="dark">Dark</option>
            </select>
          </label>
        </div>
      </nav>
      <main id="content" tabIndex={-1}>
        <ServerState />
        {server.value === 'closed' ? <Closed /> : <InWorld>{children}</InWorld>}
      </main>
      <Notices />
      <Keys />
      <Calls />
      {server.value === 'locked' && <TokenQuestion />}
    </>
  );
}

function isShownWithWorld({ isOfWorld, isBesideWorld = false }: Place): boolean {
  return isOfWorld || isBesideWorld;
}

function Links({ all, here }: { all: readonly Place[]; here: string }) {
  const world = worldHere();
  return (
    <ul>
      {all.map((place) => (
        <li key={place.id}>
          <a
            href={hrefOfPlace(place, world)}
            {...(place.id === here && { 'aria-current': 'page' as const })}
            onClick={() => (isMenuOpen.value = false)}
          >
            {place.name}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** Which world the pages show. */
function WorldHere() {
  const world = worldHere();
  const { value } = useAnswer(() => ask('getWorld', { path: { world } }), [world]);
  return (
    <a class="world-here" href={hrefOf(['worlds'])} title="Choose another world">
      <span class="soft">World</span>
      <b>{value?.company.name ?? world}</b>
      <span class="soft">
        {value
          ? `scenario ${value.recipe.scenario}${value.is_first ? '' : ` · ${value.id.slice(0, 8)}`}`
          : '…'}
      </span>
    </a>
  );
}

/** A page of a world is there only where the world is. */
function InWorld({ children }: { children: ComponentChildren }) {
  const world = worldHere();
  const isOfWorld = address.value.path[0] === 'world';
  const { error } = useAnswer(
    isOfWorld ? () => ask('getWorld', { path: { world } }) : undefined,
    [isOfWorld && world],
    { isLive: false },
  );
  if (!isOfWorld || !(error instanceof Refused) || error.status !== 404) return <>{children}</>;
  return (
    <div class="page">
      <Empty title="There is no such world.">
        <p>{error.message} It may have been dropped, or the server was started anew since.</p>
        <p>
          <a href={hrefOf(['worlds'])}>To the worlds</a>
        </p>
      </Empty>
    </div>
  );
}

/** A clear word while the server is away. */
function ServerState() {
  if (server.value !== 'gone') return null;
  return (
    <p class="banner" role="alert">
      <b>The server does not answer.</b> It may be restarting; the console asks again every second and goes on
      by itself.
    </p>
  );
}

function Closed() {
  return (
    <div class="empty bad" role="alert">
      <p>
        <b>The control API is closed to this browser.</b>
      </p>
      <p>{closedBecause.value}</p>
    </div>
  );
}

function TokenQuestion() {
  return (
    <Dialog title="The control token" onClose={() => {}}>
      <form onSubmit={keepToken}>
        <p>The server was started with one in GEM_CONTROL_TOKEN. It stays in this browser.</p>
        <div class="field">
          <label for="token">Control token</label>
          <input id="token" name="token" type="password" autocomplete="off" required />
        </div>
        <div class="actions">
          <button class="primary">Go on</button>
        </div>
      </form>
    </Dialog>
  );
}

function Mark() {
  return (
    <svg viewBox="0 0 32 32" width="18" height="18" aria-hidden="true">
      <path d="M9 4h14l7 9-14 15L2 13z" fill="currentcolor" opacity=".45" />
      <path d="M9 4h14l7 9H2z" fill="currentcolor" opacity=".55" />
      <path d="M11 13h10l-5 15z" fill="currentcolor" />
    </svg>
  );
}

function keepToken(event: SubmitEvent): void {
  event.preventDefault();
  const { currentTarget } = event;
  const given = currentTarget instanceof HTMLFormElement ? new FormData(currentTarget).get('token') : '';
  if (typeof given !== 'string' || given === '') return;
  giveToken(given);
  refresh();
}
