import { toInstant } from '../../contracts/clock.ts';
import type { Services } from '../actions/services.ts';
import { type ConnectionLink, findLink } from '../store/queries/connection-links.ts';
import { findIntegration, type Integration } from '../store/queries/integrations.ts';
import { keysSince, resultSince } from './links.ts';
import type { Closed } from './pages/closed-page.ts';
import type { ConnectionSettings } from './settings.ts';

/** A link that is good, with the integration that it is about, if it is about one. */
export interface OpenedLink {
  link: ConnectionLink;
  integration: Integration | undefined;
}

/** Opens a link by its token, or says why it is closed. */
export async function openLink(
  services: Pick<Services, 'database' | 'vault' | 'clock'>,
  token: string,
): Promise<OpenedLink | { closed: Closed }> {
  const now = services.clock.now();
  const link = await findLink(services, { token, at: toInstant(now), keysSince: keysSince(now) });
  if (!link) return { closed: 'unknown' };
  if (link.completedAt !== null && link.completedAt < resultSince(now)) return { closed: 'used' };
  const isAboutOne = link.integrationId !== null && link.completedAt === null;
  const integration = isAboutOne ? await findIntegration(services, link.integrationId ?? '') : undefined;
  return { link, integration };
}

/** The key that the link works with: a link to finish the setup takes the one that is there; null when there is none yet. */
export function keyOf({ link, integration }: OpenedLink): string | null {
  return link.purpose === 'SETUP' ? (integration?.gem.apiKey ?? null) : link.gemApiKey;
}

/** How Gem is reached with a key: with the partner's secret of today, unless the integration has that key already. */
export function gemOf(
  { gemUrl, applicationSecret }: ConnectionSettings,
  apiKey: string,
  integration: Integration | undefined,
): Integration['gem'] {
  if (integration?.gem.apiKey === apiKey) return integration.gem;
  return { url: integration?.gem.url ?? gemUrl, apiKey, applicationSecret };
}
