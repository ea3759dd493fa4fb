import { html, type Html } from '../../../contracts/page/html.ts';
import { whereTheKeyIs, permissions } from './guide.ts';
import { layout, problemNotice } from './layout.ts';

/** What was wrong with a key. */
export type KeyProblem = 'missing' | 'refused' | 'not-enabled' | 'unreachable' | 'other-account';

/** The first step: the key. It is never shown again. */
export function keyPage({
  organization,
  isRelink,
  isCreatedOnly,
  formToken,
  action,
  problem,
}: {
  organization: string;
  isRelink: boolean;
  isCreatedOnly: boolean;
  formToken: string;
  action: string;
  problem?: KeyProblem | undefined;
}): string {
  const title = isRelink ? 'Connect Gem again' : 'Connect Gem';
  return layout({
    title: problem ? `Problem: ${problems[problem].title} – ${title}` : title,
    step: 1,
    body: html`<h1>${title}</h1>
      <p class="lead">${lead(organization, isRelink)}</p>
      ${problemNotice(problem && problems[problem])}
      <form method="post" action="${action}/key" autocomplete="off">
        <input type="hidden" name="form_token" value="${formToken}" />
        <div class="field">
          <label for="key">Shareable access key</label>
          <p class="hint" id="key-hint">
            A word of 40 letters and digits. It is checked at Gem before anything is stored.
          </p>
          ${keyInput(problem)}
        </div>
        <h2>Where to find it</h2>
        ${whereTheKeyIs}
        <div class="actions"><button type="submit">Check the key</button></div>
      </form>
      ${permissions(isCreatedOnly)}`,
  });
}

const problems: Readonly<Record<KeyProblem, { title: string; advice: string }>> = {
  missing: { title: 'The key is missing', advice: 'Paste the key that you copied in Gem.' },
  refused: {
    title: 'Gem does not accept this key',
    advice: 'Copy it once more, whole and without blanks, and see that it was not removed in Gem.',
  },
  'not-enabled': {
    title: 'Recruiting is not enabled for this key',
    advice:
      'Gem knows the key, but does not open the recruiting (ATS) API for your team. Ask Gem’s support to enable it, then try again.',
  },
  unreachable: {
    title: 'Gem does not answer',
    advice: 'Nothing is wrong with your key as far as we know. Wait a minute and try again.',
  },
  'other-account': {
    title: 'This key belongs to another Gem account',
    advice:
      'Take a key of the account that was connected before. For another account, ask for a link of its own.',
  },
};

function lead(organization: string, isRelink: boolean): Html {
  return isRelink
    ? html`Give the connection of <b>${organization}</b> a new key. Data and settings stay.`
    : html`Connect the Gem account of <b>${organization}</b> in three short steps.`;
}

function keyInput(problem: KeyProblem | undefined): Html {
  const described = problem ? 'problem key-hint' : 'key-hint';
  const invalid = problem === undefined || problem === 'unreachable' ? 'false' : 'true';
  return html`<input
    id="key"
    name="key"
    type="password"
    required
    maxlength="200"
    autofocus
    autocomplete="off"
    spellcheck="false"
    autocapitalize="off"
    aria-describedby="${described}"
    aria-invalid="${invalid}"
  />`;
}
