import { html, type Html } from '../../../contracts/page/html.ts';
import type { GemUser } from '../check-key.ts';
import { whereTheSourceIs, permissions } from './guide.ts';
import { layout, problemNotice } from './layout.ts';

/** What was wrong with the choices. */
export type ChoicesProblem = 'user' | 'link' | 'source' | 'board';

/** The second step: in whose name is written, and which source created applications get. */
export function choicesPage({
  organization,
  isKeyChangeable,
  isCreatedOnly,
  hasIntegration,
  users,
  optional,
  chosen,
  formToken,
  action,
  problem,
}: {
  organization: string;
  isKeyChangeable: boolean;
  isCreatedOnly: boolean;
  /** Whether there is a source already that stays where none is entered. */
  hasIntegration: boolean;
  users: readonly GemUser[];
  /** What the customer may leave out (kombo-unified-api §4.9). */
  optional: readonly OptionalPart[];
  chosen: { user: string | null; name: string; trackingLink: string; jobBoard: string };
  formToken: string;
  action: string;
  problem?: ChoicesProblem | undefined;
}): string {
  const own = html`<input type="hidden" name="form_token" value="${formToken}" />`;
  return layout({
    title: problem ? `Problem: ${problems[problem].title} – Connect Gem` : 'Connect Gem: choices',
    step: 2,
    body: html`<h1>Choose who writes</h1>
      <p class="lead">The key of <b>${organization}</b> works.</p>
      ${problemNotice(problem && problems[problem])}
      <form method="post" action="${action}/finish">
        ${own}
        <div class="field">
          <label for="user">User to write as</label>
          <p class="hint" id="user-hint">
            Gem shows this user beside everything that is written through this connection.
          </p>
          <select
            id="user"
            name="user"
            required
            autofocus
            aria-describedby="${problem === 'user' ? 'problem ' : ''}user-hint"
          >
            ${users.length === 0 ? html`<option value="">Gem lists no active user</option>` : undefined}
            ${users.map((user) => optionOf(user, chosen.user))}
          </select>
        </div>
        <fieldset>
          <legend>Source of created applications <span class="optional">(optional)</span></legend>
          <p class="hint" id="source-hint">
            ${whereTheSourceIs} ${hasIntegration ? 'What is left empty stays as it was.' : ''}
          </p>
          <div class="field">
            <label for="source">Name of the source</label>
            <input
              id="source"
              name="source"
              maxlength="200"
              value="${chosen.name}"
              aria-describedby="source-hint"
              aria-invalid="${problem === 'source' ? 'true' : 'false'}"
            />
          </div>
          <div class="field">
            <label for="link">Tracking link</label>
            <input
              id="link"
              name="tracking_link"
              type="url"
              maxlength="500"
              value="${chosen.trackingLink}"
              placeholder="https://jobs.gem.com/…"
              aria-describedby="source-hint"
              aria-invalid="${problem === 'link' ? 'true' : 'false'}"
            />
          </div>
        </fieldset>
        <div class="field">
          <label for="board">Public job board <span class="optional">(optional)</span></label>
          <p class="hint" id="board-hint">
            Its address. With it, job postings have theirs.
            ${hasIntegration ? 'Left empty, it stays as it was.' : ''}
          </p>
          <input
            id="board"
            name="job_board"
            maxlength="200"
            value="${chosen.jobBoard}"
            placeholder="jobs.gem.com/…"
            aria-describedby="${problem === 'board' ? 'problem ' : ''}board-hint"
            aria-invalid="${problem === 'board' ? 'true' : 'false'}"
          />
        </div>
        ${optional.length === 0 ? undefined : optionalParts(optional)}
        <div class="actions"><button type="submit">Connect and start the first sync</button></div>
      </form>
      ${
        isKeyChangeable
          ? html`<form method="post" action="${action}/back">
              ${own}<button class="plain" type="submit">Use another key</button>
            </form>`
          : undefined
      }
      ${permissions(isCreatedOnly)}`,
  });
}

const problems: Readonly<Record<ChoicesProblem, { title: string; advice: string }>> = {
  user: { title: 'Choose a user', advice: 'Gem has no active user like the one that was chosen.' },
  link: {
    title: 'This tracking link names no source',
    advice:
      'Copy the link that Gem shows for the source, whole. Or leave it empty and give the name of the source.',
  },
  board: {
    title: 'This is no job board of Gem',
    advice: 'Copy its address, such as jobs.gem.com/acme, or leave it empty.',
  },
  source: {
    title: 'Gem has no such source',
    advice: 'See that the name is the one in Gem. A source that is new may take two minutes to show.',
  },
};

/** A model, field or action of which the customer decides. */
export interface OptionalPart {
  part: string;
  label: string;
  isWanted: boolean;
}

function optionalParts(optional: readonly OptionalPart[]): Html {
  return html`<fieldset>
    <legend>What may be used</legend>
    <p class="hint">What is not ticked is neither read from Gem nor written there.</p>
    ${optional.map(
      ({ part, label, isWanted }) =>
        html`<label>
          <input type="hidden" name="shown ${part}" value="yes" />
          ${
            isWanted
              ? html`<input type="checkbox" name="wanted ${part}" value="yes" checked />`
              : html`<input type="checkbox" name="wanted ${part}" value="yes" />`
          }
          ${label}
        </label>`,
    )}
  </fieldset>`;
}

function optionOf({ id, name, email, isAdministrator }: GemUser, chosen: string | null): Html {
  const words = `${name}${email === null || email === name ? '' : ` – ${email}`}${isAdministrator ? ' (administrator)' : ''}`;
  return id === chosen
    ? html`<option value="${id}" selected>${words}</option>`
    : html`<option value="${id}">${words}</option>`;
}
