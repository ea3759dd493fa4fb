import { sql } from 'kysely';
import type { Services } from '../actions/services.ts';
import { GemError } from '../gem/errors.ts';
import { type Integration, listIntegrations, sharesUsers } from '../store/queries/integrations.ts';
import { countRows } from '../store/queries/rows.ts';
import { idOf } from '../sync/page.ts';
import { checkKey, soon, type CheckedKey } from './check-key.ts';

/** The key cannot take the place of another one. */
export class CannotRelink extends Error {
  override readonly name = 'CannotRelink';
}

/** A key that an account is to be connected with. */
export interface GivenKey {
  environmentId: string;
  gem: Integration['gem'];
  /** The integration that takes the key, or true for the only one there is. */
  relink?: string | boolean | undefined;
  /** Whether it is found out which integration the key belongs to, where nothing is said. */
  isFoundOut?: boolean | undefined;
}

/**
 * Finds the integration that a key belongs to, whose id was made from an earlier one. A customer who makes a new key for
 * the same account keeps the integration, and with it the ids of all records: it takes the new key when Gem refuses the old
 * one and both are of the same account, or when it is asked to.
 *
 * @returns undefined for an account of its own
 * @throws CannotRelink when it was asked for and there is no such integration, or the key is another account's
 */
export async function findKeyHolder(
  services: Pick<Services, 'database' | 'vault' | 'log' | 'clientOf'>,
  { environmentId, gem, relink = false, isFoundOut = false }: GivenKey,
): Promise<Integration | undefined> {
  const { database, log } = services;
  const all = await listIntegrations(services, environmentId);
  const present = all.filter(({ gem: { url } }) => url === gem.url);
  const holder = present.find(({ gem: { apiKey } }) => apiKey === gem.apiKey);
  if (holder) return holder;
  if (present.length === 0 && relink === false) return undefined;
  if (relink !== false) return verify(services, choose(present, relink), gem);
  if (!isFoundOut) return undefined;

  const checked = await checkKey(services, gem);
  if (checked.state !== 'good' && checked.state !== 'not-enabled') return undefined;
  for (const integration of present) {
    const { id } = integration;
    const isSame = await isSameAccount(services, { integrationId: id, gem, checked });
    if (!isSame && checked.state === 'good') continue;
    const rows = await countRows(database, id);
    const hasData = isSame && Object.values(rows).some((count) => count > 0);
    const { state } = await checkKey(services, integration.gem);
    if (state === 'refused' && hasData) {
      log(
        `Gem refuses the earlier key of ${id}, and the new one is of the same account: it goes on with the new key`,
      );
      return integration;
    }
    if (state === 'refused') {
      log(
        `Gem refuses the key of ${id}, and it cannot be told whether this one is of the same account; if it is to take its place, start with --relink ${id}`,
      );
    } else if (hasData) {
      log(
        `this key is of the same account as ${id}, whose key still works, and makes a second copy of it; to give it the new key, start with --relink ${id}`,
      );
    }
  }
  return undefined;
}

function choose(present: readonly Integration[], relink: string | boolean): Integration {
  const [only, ...more] = typeof relink === 'string' ? present.filter(({ id }) => id === relink) : present;
  const ids = present.map(({ id }) => id).join(', ');
  if (!only) {
    throw new CannotRelink(
      `there is no such integration to give the key to${ids === '' ? '' : `; there is ${ids}`}. Start without --relink to make one`,
    );
  }
  if (more.length > 0)
    throw new CannotRelink(`there are several integrations; say which one with --relink <id>: ${ids}`);
  return only;
}

/** Asks Gem with the new key before it takes the place of the old one. A key that Gem refuses is noticed when it is used. */
async function verify(
  services: Pick<Services, 'database' | 'clientOf'>,
  integration: Integration,
  gem: Integration['gem'],
): Promise<Integration> {
  const found = await holdAgainst(services, integration.id, gem);
  if (found === 'same' || found === 'refused') return integration;
  if (found === 'unknown') {
    throw new CannotRelink(
      `it cannot be told whether the key is of the account of ${integration.id}: Gem gives out neither its users nor its candidates`,
    );
  }
  throw new CannotRelink(
    `the key is of another account than ${integration.id}: they have no user in common. Start without --relink to connect it as one of its own`,
  );
}

/**
 * Finds out with a live call whether a key is of the account that an integration has read.
 *
 * @returns `unknown` where Gem gives out neither its users nor its candidates, or does not answer
 */
export async function holdAgainst(
  services: Pick<Services, 'database' | 'clientOf'>,
  integrationId: string,
  gem: Integration['gem'],
): Promise<'same' | 'other' | 'refused' | 'unknown'> {
  const checked = await checkKey(services, gem);
  if (checked.state === 'refused') return 'refused';
  if (await isSameAccount(services, { integrationId, gem, checked })) return 'same';
  return checked.state === 'good' ? 'other' : 'unknown';
}

/** By the users, or by candidates that are stored where Gem does not give out its users. */
async function isSameAccount(
  { database, clientOf }: Pick<Services, 'database' | 'clientOf'>,
  { integrationId, gem, checked }: { integrationId: string; gem: Integration['gem']; checked: CheckedKey },
): Promise<boolean> {
  if (checked.state === 'good') {
    const remoteIds = checked.users.map(({ id }) => id);
    return sharesUsers(database, { integrationId, remoteIds });
  }
  if (checked.state !== 'not-enabled') return false;
  const { rows } = await sql<{ id: string }>`
    select remote_id as id from ats_candidates
    where integration_id = ${integrationId} and remote_deleted_at is null
    order by number desc
    limit 3
  `.execute(database);
  const client = clientOf({ gem }, soon);
  for (const { id } of rows) {
    try {
      if (idOf(await client.send('getCandidate', { path: { candidate_id: id } })) === id) return true;
    } catch (error) {
      if (!(error instanceof GemError)) throw error;
    }
  }
  return false;
}
