import type { Request } from 'express';
import type { Operation } from '../../contracts/description.ts';
import { firstSyncPending, missingIntegration, unknownApiKey, unknownIntegration } from '../errors.ts';
import {
  findEnvironment,
  findIntegration,
  type Database,
  type Integration,
  type Store,
} from '../store/index.ts';

/** Who calls, once admitted. */
export interface Caller {
  environmentId: string;
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
): Promise<Caller> {
  const environmentId = await admitEnvironment(store.database, request.headers.authorization);
  const concerns = operation?.tags.find((tag) => tag === 'models' || tag === 'actions');
  if (concerns === undefined) return { environmentId, integration: () => refuse() };

  const integration = await findCalledIntegration(store, environmentId, request.get('X-Integration-Id'));
  // A create does not need synced data, so it does not wait for the first sync.
  if (concerns === 'models' && integration.firstSyncedAt === null) throw firstSyncPending();
  return { environmentId, integration: () => integration };
}

async function admitEnvironment(database: Database, authorization: string | undefined): Promise<string> {
  const apiKey = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
  // Keys are compared by their digests, so the time that it takes tells nothing about a key.
  const environment = apiKey === undefined ? undefined : await findEnvironment(database, apiKey);
  if (!environment) throw unknownApiKey();
  return environment.id;
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

function refuse(): never {
  throw missingIntegration();
}
