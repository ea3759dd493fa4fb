import { toInstant } from '../../contracts/clock.ts';
import type { Services } from '../actions/services.ts';
import type { GemClient } from '../gem/client.ts';
import { type ConnectionLink, countRefusal, saveEnteredKey } from '../store/queries/connection-links.ts';
import { type Integration, sharesUsers } from '../store/queries/integrations.ts';
import { labelOfPart } from '../actions/coverage.ts';
import { readScopeConfig } from '../store/queries/scope.ts';
import { findSyncReport } from '../store/queries/syncs.ts';
import { emitConnectionFailed } from '../webhooks/emit.ts';
import { type AutomaticSource, readKnownSources, chooseSource } from '../actions/resolve-source.ts';
import type { Database } from '../store/schema.ts';
import { checkKey } from './check-key.ts';
import { finish } from './finish.ts';
import {
  formTokenOf,
  resultTokenOf,
  gemOf,
  keyOf,
  openLink,
  readSource,
  type ConnectionSettings,
} from './links.ts';
import { choicesPage, type ChoicesProblem, type OptionalPart } from './pages/choices-page.ts';
import { closedPage, type Closed } from './pages/closed-page.ts';
import { keyPage, type KeyProblem } from './pages/key-page.ts';
import { progressPage } from './pages/progress-page.ts';

/** A page to be shown. */
export interface ShownPage {
  status: number;
  page: string;
  isEmbedded?: boolean;
}

type Form = (name: string) => string;

/** What is done with a form; undefined when the page is to be asked for anew. */
type Step = (token: string, action: string, form: Form) => Promise<ShownPage | undefined>;

/** The steps of a connection: the key, the choices, and the first sync. The database holds the state of each, and the browser none. */
export interface Flow {
  /** Shows the step that is next for a link. */
  show(token: string, action: string): Promise<ShownPage>;
  enterKey: Step;
  /** Forgets the key, so that another one can be entered. */
  goBack: Step;
  finish: Step;
}

/** Keys that may be refused before a link takes no more. */
const maxRefusals = 20;

/** Makes the flow of all links. */
export function createFlow(services: Services, settings: ConnectionSettings): Flow {
  const { database, clock } = services;

  async function show(token: string, action: string): Promise<ShownPage> {
    const opened = await openLink(services, token);
    if ('closed' in opened) return closed(opened.closed);
    const { link, integration } = opened;
    if (link.completedAt !== null) return showProgress(token, link);
    const key = keyOf(opened);
    return key === null
      ? showKey({ token, action, link })
      : showChoices({ token, action, link, integration, key });
  }

  async function enterKey(token: string, action: string, form: Form): Promise<ShownPage | undefined> {
    const opened = await openLink(services, token);
    if ('closed' in opened) return closed(opened.closed);
    const { link, integration } = opened;
    if (link.completedAt !== null || link.purpose === 'SETUP') return undefined;
    if (link.refusals >= maxRefusals) return closed('too-many');
    const apiKey = form('key');
    const problem = apiKey === '' ? 'missing' : await problemOf(apiKey, integration);
    if (problem === undefined) {
      await saveEnteredKey(services, { token, gemApiKey: apiKey, at: toInstant(clock.now()) });
      return undefined;
    }
    if (problem !== 'missing' && problem !== 'unreachable') {
      await countRefusal(database, token);
      await emitConnectionFailed(database, { ...link, at: toInstant(clock.now()) });
    }
    return showKey({ token, action, link, problem });
  }

  async function goBack(token: string): Promise<undefined> {
    await saveEnteredKey(services, { token, gemApiKey: null, at: toInstant(clock.now()) });
  }

  async function finishStep(token: string, action: string, form: Form): Promise<ShownPage | undefined> {
    const opened = await openLink(services, token);
    if ('closed' in opened) return closed(opened.closed);
    const { link, integration } = opened;
    const key = keyOf(opened);
    if (key === null || link.completedAt !== null) return undefined;
    const chosen = {
      user: form('user'),
      name: form('source'),
      trackingLink: form('tracking_link'),
      jobBoard: form('job_board'),
    };
    const again = (problem: ChoicesProblem) =>
      showChoices({ token, action, link, integration, key, chosen, problem });

    const checked = await checkKey(services, gemOf(settings, key, integration));
    if (checked.state !== 'good') return again('user');
    if (!checked.users.some(({ id }) => id === chosen.user)) return again('user');
    const entered = readSource(chosen);
    if (entered === 'unreadable') return again('link');
    const board = readJobBoard(chosen.jobBoard);
    if (board === 'unreadable') return again('board');
    const gem = gemOf(settings, key, integration);
    const client = services.clientOf({ gem }, { retry: { limit: 1 } });
    const source =
      entered && (await verifySource({ client, database, integrationId: link.integrationId }, entered));
    if (source === 'unknown') return again('source');
    const jobBoard = board?.vanity ?? null;
    const optional = await optionalOf(link, integration);
    const shown = optional.filter(({ part }) => form(`shown ${part}`) !== '');
    const unwanted = shown.filter(({ part }) => form(`wanted ${part}`) === '').map(({ part }) => part);
    const optedOut = shown.length === 0 ? null : unwanted;
    const choices = { gemApiKey: key, actingUserId: chosen.user, source, jobBoard, optedOut };
    await finish(services, settings, { token, link, choices });
    return undefined;
  }

  async function problemOf(
    apiKey: string,
    integration: Integration | undefined,
  ): Promise<KeyProblem | undefined> {
    const checked = await checkKey(services, gemOf(settings, apiKey, integration));
    if (checked.state !== 'good') return checked.state;
    if (!integration) return undefined;
    const remoteIds = checked.users.map(({ id }) => id);
    const isSame = await sharesUsers(database, { integrationId: integration.id, remoteIds });
    return isSame ? undefined : 'other-account';
  }

  function showKey({ token, action, link, problem }: Place & { problem?: KeyProblem }): ShownPage {
    const page = keyPage({
      organization: link.endUserOrganizationName,
      isRelink: link.purpose === 'RELINK',
      isCreatedOnly: isCreatedOnly(link),
      formToken: formTokenOf(token),
      action,
      problem,
    });
    return { status: problem ? 422 : 200, page, isEmbedded: link.isEmbedded };
  }

  async function showChoices({
    token,
    action,
    link,
    integration,
    key,
    chosen,
    problem,
  }: Choosing): Promise<ShownPage> {
    const checked = await checkKey(services, gemOf(settings, key, integration));
    // It worked a moment ago; should it not do so any more, it is to be entered again.
    if (checked.state !== 'good') return showKey({ token, action, link, problem: checked.state });
    const page = choicesPage({
      organization: link.endUserOrganizationName,
      isKeyChangeable: link.purpose !== 'SETUP',
      isCreatedOnly: isCreatedOnly(link),
      hasIntegration: link.integrationId !== null,
      users: checked.users,
      optional: await optionalOf(link, integration),
      chosen: chosen ?? { user: integration?.actingUserId ?? null, name: '', trackingLink: '', jobBoard: '' },
      formToken: formTokenOf(token),
      action,
      problem,
    });
    return { status: problem ? 422 : 200, page, isEmbedded: link.isEmbedded };
  }

  async function optionalOf(
    { environmentId }: ConnectionLink,
    integration: Integration | undefined,
  ): Promise<OptionalPart[]> {
    const { settings } = await readScopeConfig(database, environmentId);
    const optedOut = integration?.scope.optedOut ?? [];
    return Object.keys(settings)
      .filter((part) => settings[part] === 'OPTIONAL')
      .toSorted()
      .map((part) => ({ part, label: labelOfPart(part), isWanted: !optedOut.includes(part) }));
  }

  async function showProgress(token: string, link: ConnectionLink): Promise<ShownPage> {
    const page = progressPage({
      organization: link.endUserOrganizationName,
      sync: link.syncId === null ? undefined : await findSyncReport(database, link.syncId),
      resultToken: resultTokenOf(token),
    });
    return { status: 200, page, isEmbedded: link.isEmbedded };
  }

  function isCreatedOnly(link: ConnectionLink): boolean {
    return link.isCreatedOnly ?? settings.isCreatedOnly;
  }

  return { show, enterKey, goBack, finish: finishStep };
}

interface Place {
  token: string;
  action: string;
  link: ConnectionLink;
}

interface Choosing extends Place {
  integration: Integration | undefined;
  key: string;
  chosen?: { user: string; name: string; trackingLink: string; jobBoard: string };
  problem?: ChoicesProblem;
}

/** It gives nothing away and takes nothing, so it may be shown in any frame, where it has to be closed like the others. */
export function closed(reason: Closed): ShownPage {
  return { status: statuses[reason], page: closedPage(reason), isEmbedded: true };
}

const statuses: Readonly<Record<Closed, number>> = {
  unknown: 404,
  used: 404,
  'too-many': 403,
  'not-ours': 403,
  unreadable: 400,
  away: 503,
  failed: 500,
};

/**
 * Reads which public job board is meant: its word in `jobs.gem.com/{word}`, or an address there (gem-ats-api §1.1).
 * Addresses of postings begin with it.
 *
 * @returns null for none, or `unreadable`
 */
function readJobBoard(text: string): { vanity: string } | null | 'unreadable' {
  if (text === '') return null;
  const [, word = text] = /^(?:https?:\/\/)?jobs\.gem\.com\/([^/?#]*)/i.exec(text) ?? [];
  return /^[\w.-]+$/.test(word) && !/^jobs\.gem\.com$/i.test(word) ? { vanity: word } : 'unreadable';
}

/**
 * Looks up a source among those of the account. Where Gem does not list them, what was entered has to do.
 *
 * @returns the source to store, or `unknown` when Gem has none like it
 */
async function verifySource(
  {
    client,
    database,
    integrationId,
  }: { client: GemClient; database: Database; integrationId: string | null },
  source: AutomaticSource,
): Promise<AutomaticSource | 'unknown'> {
  const known = await readKnownSources(client, database, integrationId ?? '');
  const { sourceId } = chooseSource({ source: undefined, automatic: source }, known);
  if (known.isComplete) return sourceId === undefined ? 'unknown' : { id: sourceId };
  return source;
}
