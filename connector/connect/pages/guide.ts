import { html, type Html } from '../../../contracts/page/html.ts';
import { readModels, writeActions } from '../../actions/coverage.ts';
import { layout } from './layout.ts';

/** Where in Gem the key is found (kombo-unified-api §4.3). */
export const whereTheKeyIs: Html = html`<ol class="path">
    <li>Sign in to Gem as an administrator and open <b>Admin settings</b>.</li>
    <li>Choose <b>Integrations</b>, then <b>Third party applications</b>.</li>
    <li>Choose <b>Add integration</b> and copy the <b>shareable access key</b>.</li>
  </ol>
  <p class="hint">
    There is no such page? Then Gem’s API is not enabled for your team. Gem’s support enables it.
  </p>`;

/** Where in Gem a source and its tracking link are made (gem-ats-api §5). */
export const whereTheSourceIs: Html = html`In Gem, make a source of the type <b>Other</b>, then a tracking
  link for it under <b>Admin settings → Gem ATS → Job boards &amp; posts</b>. New sources take a minute or two
  to show.`;

/** The connection guide, to be read before. */
export function guidePage(): string {
  return layout({
    title: 'How to connect Gem',
    body: html`<h1>How to connect Gem</h1>
      <p class="lead">It takes two minutes and an administrator of your Gem account.</p>
      <h2>1. Copy your key</h2>
      ${whereTheKeyIs}
      <h2>2. Open your link</h2>
      <p>
        Whoever asked you to connect Gem has sent you a link. Open it and paste the key. It is checked at
        once.
      </p>
      <h2>3. Choose a user</h2>
      <p>Gem notes a user for everything that is written. Choose the one in whose name that is to happen.</p>
      <h2>4. Choose a source, if you like</h2>
      <p>${whereTheSourceIs}</p>
      <h2>5. Done</h2>
      <p>The first sync starts by itself, and the page shows how far it is.</p>`,
  });
}

/** What the key has to allow: everything that is covered (kombo-unified-api §4.3). */
export function permissions(isCreatedOnly: boolean): Html {
  const models = readModels.filter(({ id }) => !id.startsWith('ats_join_'));
  return html`<details>
    <summary>What this connection may do</summary>
    <p>It reads:</p>
    <ul class="plain">
      ${models.map(({ label }) => html`<li>${label}</li>`)}
    </ul>
    ${
      isCreatedOnly
        ? html`<p class="hint">
            Of candidates, applications and interviews, only those of applications that were created through
            this connection.
          </p>`
        : undefined
    }
    <p>It writes, when it is told to:</p>
    <ul class="plain">
      ${writeActions.filter(({ id }) => !id.startsWith('ats_get_')).map(({ label }) => html`<li>${label}</li>`)}
    </ul>
    <p class="hint">A shareable access key allows all of this; there is nothing more to tick in Gem.</p>
  </details>`;
}
