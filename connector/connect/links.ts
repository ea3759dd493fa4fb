import { randomBytes } from 'node:crypto';
import type { AutomaticSource } from '../actions/automatic-source.ts';
import type { Services } from '../actions/services.ts';
import type { Closed } from './pages/closed-page.ts';
import type { ConnectionSettings } from './settings.ts';
import {
  type ConnectionLink,
  createLink,
  findLink,
  type NewLink,
} from '../store/queries/connection-links.ts';
import { findIntegration, type Integration } from '../store/queries/integrations.ts';
import { toInstant } from '../../contracts/clock.ts';

const hour = 3_600_000;
const year = 365 * 24 * hour;

/**
 * Makes a link to the connection page. Whoever has it can connect an account, so it cannot be guessed, it expires (an
 * embedded one after an hour, a magic one after a year), and only its hash is kept (kombo-unified-api §4.6).
 */
export async function issueLink(
  { database, clock }: Pick<Services, 'database' | 'clock'>,
  publicUrl: string,
  link: NewLink,
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const now = clock.now();
  const expiresAt = toInstant(now + (link.isEmbedded ? hour : year));
  await createLink(database, { ...link, token, at: toInstant(now), expiresAt });
  return `${publicUrl}/connect/${token}`;
}

/** The earliest completion of which the result may still be asked for: an hour back. */
export function resultSince(now: number): string {
  return toInstant(now - hour);
}

/** The earliest entry of a key that still waits for the rest to be chosen: an hour back. */
export function keysSince(now: number): string {
  return toInstant(now - hour);
}

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

/** What was entered about the source that created applications get. */
export interface SourceEntry {
  name: string;
  trackingLink: string;
}

/**
 * Reads which source is meant. The form of Gem's tracking links is not documented (gem-ats-api §12), so the id is the
 * part after `source`, in the path or the query; the name is kept beside it.
 *
 * @returns null for no source, or `unreadable` when the link has no such part
 */
export function readSource({ name, trackingLink }: SourceEntry): AutomaticSource | null | 'unreadable' {
  if (trackingLink === '') return name === '' ? null : { name };
  const url = URL.parse(trackingLink);
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return 'unreadable';
  const id = url.pathname.match(/\/sources?\/([^/]+)/)?.[1] ?? readParameter(url);
  if (!id) return 'unreadable';
  return { id: decode(id), ...(name !== '' && { name }) };
}

function readParameter({ searchParams }: URL): string | undefined {
  return (
    ['source_id', 'source', 'gem_source', 'src']
      .map((key) => searchParams.get(key))
      .find((value) => value !== null && value !== '') ?? undefined
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
