import { html, type Html } from '../../../contracts/page/html.ts';
import { listings } from '../../models/listings.ts';
import { models } from '../../models/index.ts';
import type { SyncReport } from '../../store/queries/syncs.ts';
import { layout } from './layout.ts';

/** The last step: how far the first sync is. It keeps itself fresh, with a script or without. */
export function progressPage({
  organization,
  sync,
  resultToken,
}: {
  organization: string;
  /** The first sync; undefined where the integration is switched off. */
  sync: SyncReport | undefined;
  resultToken: string;
}): string {
  const state = stateOf(sync);
  return layout({
    title: titles[state],
    step: 3,
    head:
      state === 'underway' ? html`<noscript><meta http-equiv="refresh" content="3" /></noscript>` : undefined,
    body: html`<div id="progress" data-state="${state}" data-token="${resultToken}">
      <div id="said" role="status">
        <h1>${titles[state]}</h1>
        ${leadOf(state, organization, sync)}
      </div>
      <div id="lists">${sync === undefined || state === 'failed' ? undefined : barOf(sync)}</div>
    </div>`,
  });
}

type State = 'underway' | 'done' | 'failed';

function stateOf(sync: SyncReport | undefined): State {
  if (sync?.state === 'QUEUED' || sync?.state === 'RUNNING') return 'underway';
  return sync === undefined || sync.state === 'SUCCEEDED' || sync.state === 'PARTIALLY_FAILED'
    ? 'done'
    : 'failed';
}

const titles: Readonly<Record<State, string>> = {
  underway: 'Connected – the first sync is running',
  done: 'Gem is connected',
  failed: 'Connected, but the first sync failed',
};

function leadOf(state: State, organization: string, sync: SyncReport | undefined): Html {
  if (state === 'underway') {
    const words = sync?.state === 'QUEUED' ? 'It waits for its turn.' : 'It goes on without this page.';
    return html`<p class="lead">
      The account of <b>${organization}</b> is being read. ${words} You may close the page.
    </p>`;
  }
  if (state === 'failed') {
    return html`<div class="notice bad" role="alert">
      <p><strong>${sync?.problem ?? 'The sync was cancelled.'}</strong></p>
      <p>It is tried again by itself. If it goes on to fail, ask whoever sent you the link.</p>
    </div>`;
  }
  const data = sync === undefined ? 'It is switched off, so nothing is read.' : 'Its data has been read.';
  return html`<p class="lead">
    The account of <b>${organization}</b> is connected. ${data} You may close this page.
  </p>`;
}

function barOf({ progress, state }: SyncReport): Html {
  const isOver = state !== 'QUEUED' && state !== 'RUNNING';
  const finished = listings.filter(({ operation }) => isOver || progress[operation]?.isFinished).length;
  return html`<progress max="${listings.length}" value="${finished}" aria-label="Lists that were read">
      ${finished} of ${listings.length}
    </progress>
    <table>
      ${listings.map(({ operation }) => {
        const { records, isFinished = false } = progress[operation] ?? {};
        return html`<tr>
          <th scope="row">${labelOf(operation)}</th>
          <td>
            ${records === undefined ? '–' : records}
            ${isFinished || isOver ? html`<span class="done" role="img" aria-label="read">✓</span>` : ''}
          </td>
        </tr>`;
      })}
    </table>`;
}

function labelOf(listing: string): string {
  return models.find((model) => model.listing === listing)?.label ?? listing;
}
