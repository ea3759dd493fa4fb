import { html, type Html } from '../../../contracts/page/html.ts';
import { readModels, writeActions } from '../../actions/coverage.ts';

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
