import { randomBytes, createHmac, timingSafeEqual } from 'node:crypto';
import { toInstant } from '../../contracts/clock.ts';
import type { AutomaticSource } from '../actions/resolve-source.ts';
import type { Services } from '../actions/services.ts';
import {
  type ConnectionLink,
  createLink,
  findLink,
  type NewLink,
} from '../store/queries/connection-links.ts';
import { findIntegration, type Integration } from '../store/queries/integrations.ts';
import type { Closed } from './pages/closed-page.ts';

const hour = 3_600_000;
const year = 365 * 24 * hour;

/**
 * Makes a link to the connection page. The link alone lets an account be connected, so it cannot be guessed, it expires (an
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

/** What a form of a link's page carries, so that no other page can send it. Only the server and the page know it. */
export function formTokenOf(linkToken: string): string {
  return derive(linkToken, 'form');
}

/** What a link's page hands out at its end, for `GET /connect/integration-by-token/{token}`. */
export function resultTokenOf(linkToken: string): string {
  return derive(linkToken, 'result');
}

/** Whether a form came from the link's own page, compared in constant time. */
export function isOwnForm(linkToken: string, sent: string): boolean {
  const [own, other] = [Buffer.from(formTokenOf(linkToken)), Buffer.from(sent)];
  return own.length === other.length && timingSafeEqual(own, other);
}

function derive(linkToken: string, purpose: string): string {
  return createHmac('sha256', linkToken).update(purpose).digest('base64url');
}

/** How accounts are connected on the connection page. */
export interface ConnectionSettings {
  /** Where Gem is. */
  gemUrl: string;
  /** The partner's secret, which stands beside the customers' shareable keys (gem-ats-api §1.2). */
  applicationSecret: string | null;
  /** Whether rows carry Gem's records as they came. */
  isRemoteDataEnabled: boolean;
  /** Whether only created applications are synced, where a link does not say (kombo-unified-api §4.2). */
  isCreatedOnly: boolean;
}

/** What is usual. */
export const defaultConnections: ConnectionSettings = {
  gemUrl: 'https://api.gem.com',
  applicationSecret: null,
  isRemoteDataEnabled: false,
  isCreatedOnly: false,
};
