import type { Request } from 'express';
import type { Operation } from '../../contracts/description.ts';
import type { Limits } from './limits.ts';
import {
  firstSyncPending,
  missingIntegration,
  switchedOff,
  unknownApiKey,
  unknownIntegration,
} from '../errors.ts';
import { noteFields } from '../observe/trace.ts';
import type { Store } from '../store/open-store.ts';
import { findEnvironment } from '../store/queries/environments.ts';
import { findIntegration, type Integration } from '../store/queries/integrations.ts';
import type { Database } from '../store/schema.ts';

/** Who calls, once admitted. */
export interface Caller {
  environmentId: string;
  /** Where callers reach this server, without a slash at its end. */
  publicUrl: string;
  /**
   * The integration that the call is about.
   *
   * @throws UnifiedProblem on a call that concerns none
   */
  integration(): Integration;
}

/**
 * Admits a call by its API key and its integration (kombo-unified-api §1.1).
 *
 * @returns who calls
 * @throws UnifiedProblem when the key or the integration is not known, or has nothing to read yet
 */
export async function admit(
  store: Pick<Store, 'database' | 'vault'>,
  request: Request,
  operation: Operation | undefined,
  { limits, publicUrl = ownUrl(request) }: { limits: Limits; publicUrl?: string | undefined },
): Promise<Caller> {
  const { environmentId, apiKey } = await admitEnvironment(store.database, request.headers.authorization);
  await limits.countCall(request, apiKey);
  if (!operation?.parameters.some(({ name }) => name === 'X-Integration-Id')) {
    return { environmentId, publicUrl, integration: () => refuse() };
  }
  const integration = await findCalledIntegration(store, environmentId, request.get('X-Integration-Id'));
  noteFields({ integration_id: integration.id });
  if (integration.state === 'INACTIVE' && operation.answers.has(409)) throw switchedOff();
  // A create does not need synced data, so it does not wait for the first sync.
  if (operation.tags.includes('models') && integration.firstSyncedAt === null) throw firstSyncPending();
  return { environmentId, publicUrl, integration: () => integration };
}

async function admitEnvironment(database: Database, authorization: string | undefined) {
  const apiKey = /^Bearer +(\S+) *$/i.exec(String(authorization))?.[1];
  if (apiKey === undefined) throw unknownApiKey();
  // Keys are compared by their digests, so the time that it takes tells nothing about a key.
  const environment = await findEnvironment(database, apiKey);
  if (!environment) throw unknownApiKey();
  return { environmentId: environment.id, apiKey };
}

async function findCalledIntegration(
  store: Pick<Store, 'database' | 'vault'>,
  environmentId: string,
  id: string | undefined,
): Promise<Integration> {
  if (!id) throw missingIntegration();
  const integration = await findIntegration(store, id);
  if (integration?.environmentId !== environmentId) throw unknownIntegration();
  return integration;
}

/** Where a caller says that it reached this server; a proxy in front of it may have another spelling. */
export function ownUrl(request: Request): string {
  return URL.parse(`${request.protocol}://${request.get('host') ?? ''}`)?.origin ?? 'http://localhost';
}

function refuse(): never {
  throw missingIntegration();
}
