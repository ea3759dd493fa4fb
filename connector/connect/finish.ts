import { toInstant } from '../../contracts/clock.ts';
import { saveAutomaticSource, type AutomaticSource } from '../actions/resolve-source.ts';
import type { Services } from '../actions/services.ts';
import { integrationIdFrom } from '../identifiers.ts';
import { completeLink, type ConnectionLink } from '../store/queries/connection-links.ts';
import { discardDeleted } from '../store/queries/expiry.ts';
import { findIntegration, type Integration } from '../store/queries/integrations.ts';
import { saveOptOuts } from '../store/queries/scope.ts';
import { recordConnection } from '../webhooks/emit.ts';
import { NotSynced } from '../work/request-sync.ts';
import { connectIntegration } from './connect-integration.ts';
import { resultTokenOf, type ConnectionSettings } from './links.ts';

/** What was chosen on the page. */
export interface Choices {
  gemApiKey: string;
  actingUserId: string;
  /** The source that created applications get; null for none, or for the one that an integration has already. */
  source: AutomaticSource | null;
  /** The word of the public job board; null for none, or for the one that an integration has already. */
  jobBoard: string | null;
  /** What the customer does not want of what is optional; null where nothing was asked. */
  optedOut: readonly string[] | null;
}

/**
 * Makes the connection that a link is for, and asks for the first sync. Doing it again has the same result, so a page that
 * was sent twice, or a process that died in the middle, does no harm.
 *
 * @throws GemError when Gem does not take the key any more
 */
export async function finish(
  services: Services,
  settings: ConnectionSettings,
  { token, link, choices }: { token: string; link: ConnectionLink; choices: Choices },
): Promise<void> {
  const { database, clock } = services;
  const integration =
    link.integrationId === null
      ? await connect(services, settings, link, choices)
      : await renew(services, settings, link.integrationId, choices);
  if (choices.source !== null || link.integrationId === null) {
    await saveAutomaticSource(database, integration.id, choices.source);
  }
  if (choices.optedOut !== null) {
    const { scope } = integration;
    const at = toInstant(clock.now());
    await saveOptOuts(database, { id: integration.id, scope, optedOut: choices.optedOut, at });
  }
  await completeLink(database, {
    token,
    integrationId: integration.id,
    syncId: await firstSync(services, integration.id),
    resultToken: resultTokenOf(token),
    at: toInstant(clock.now()),
  });
}

async function connect(
  services: Services,
  settings: ConnectionSettings,
  link: ConnectionLink,
  { gemApiKey, actingUserId, jobBoard }: Choices,
): Promise<Integration> {
  const { database, vault, clock, clientOf } = services;
  const { environmentId } = link;
  const gem = {
    url: settings.gemUrl.replace(/\/+$/, ''),
    apiKey: gemApiKey,
    applicationSecret: settings.applicationSecret,
  };
  // An account that is connected anew after its integration was deleted does not get the old data back.
  await discardDeleted(database, integrationIdFrom(environmentId, gem.url, gemApiKey));
  return connectIntegration({
    store: { database, vault },
    clock,
    clientOf,
    environmentId,
    gem,
    actingUserId,
    jobBoardVanity: jobBoard,
    endUserOrganizationName: link.endUserOrganizationName,
    isRemoteDataEnabled: settings.isRemoteDataEnabled,
    isCreatedOnly: link.isCreatedOnly ?? settings.isCreatedOnly,
    endUser: { email: link.endUserEmail, originId: link.endUserOriginId },
  });
}

/**
 * The same integration with another key, or another acting user. A new key comes with the newest partner's secret
 * (kombo-unified-api §4.3).
 */
async function renew(
  services: Services,
  { applicationSecret }: ConnectionSettings,
  integrationId: string,
  { gemApiKey: apiKey, actingUserId, jobBoard }: Choices,
): Promise<Integration> {
  const integration = await findIntegration(services, integrationId);
  if (!integration) throw new Error('the integration was deleted meanwhile');
  const isNewKey = apiKey !== integration.gem.apiKey;
  const gem = isNewKey ? { url: integration.gem.url, apiKey, applicationSecret } : integration.gem;
  const at = toInstant(services.clock.now());
  const jobBoardVanity = jobBoard ?? integration.jobBoardVanity;
  return recordConnection(services, { ...integration, gem, actingUserId, jobBoardVanity }, { at });
}

/** @returns null when the integration is switched off, so that nothing is synced */
async function firstSync({ requestSync }: Services, integrationId: string): Promise<string | null> {
  try {
    return (await requestSync(integrationId, 'FULL')).sync_id;
  } catch (error) {
    if (error instanceof NotSynced) return null;
    throw error;
  }
}
