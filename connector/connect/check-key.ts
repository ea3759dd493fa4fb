import { createGemClient, GemError, GemRefusedKey, pagesOf, type GemClient } from '../gem/index.ts';

/** A user of Gem who may be the one in whose name is written. */
export interface GemUser {
  id: string;
  name: string;
  email: string | null;
  isAdministrator: boolean;
}

/** What a live call with a key came to. */
export type CheckedKey =
  | { state: 'good'; users: readonly GemUser[] }
  | { state: 'refused' | 'not-enabled' | 'unreachable' };

/**
 * Checks a key by asking Gem for its users (kombo-unified-api §4.3). A key that opens the team but not its recruiting is
 * good, and the recruiting API is not enabled for the team.
 */
export async function checkKey(gem: {
  url: string;
  apiKey: string;
  applicationSecret: string | null;
}): Promise<CheckedKey> {
  // Somebody waits for the page: better soon told that Gem is silent than after minutes.
  const client = createGemClient({ ...gem, timeout: 10_000, retry: { limit: 1, delay: () => 300 } });
  try {
    await client.call('listTeamUsers', { query: { page_size: 1 } });
  } catch (error) {
    return { state: stateOf(error, 'refused') };
  }
  try {
    return { state: 'good', users: await readUsers(client) };
  } catch (error) {
    return { state: stateOf(error, 'not-enabled') };
  }
}

/** The users who are there, administrators first, then by name. */
async function readUsers(client: GemClient): Promise<GemUser[]> {
  const users: GemUser[] = [];
  for await (const { records } of pagesOf(client, 'listUsers')) users.push(...records.flatMap(toUser));
  return users.toSorted(
    (one, other) =>
      Number(other.isAdministrator) - Number(one.isAdministrator) || one.name.localeCompare(other.name),
  );
}

/** Gem answered: the key was refused, or there is no such list. Otherwise it did not. */
function stateOf(
  error: unknown,
  refusal: 'refused' | 'not-enabled',
): 'refused' | 'not-enabled' | 'unreachable' {
  if (!(error instanceof GemError)) throw error;
  if (error instanceof GemRefusedKey) return refusal;
  return notAnswering.has(error.name) ? 'unreachable' : refusal;
}

const notAnswering = new Set(['GemUnavailable', 'GemThrottled', 'GemAnswerUnreadable']);

function toUser(record: unknown): GemUser[] {
  if (typeof record !== 'object' || record === null) return [];
  const read = (key: string): unknown => Reflect.get(record, key);
  const id = read('id');
  if (typeof id !== 'string' || read('disabled') === true || (read('deleted_at') ?? null) !== null) return [];
  const email = read('primary_email_address');
  const names = [read('first_name'), read('last_name')].filter((name) => typeof name === 'string');
  return [
    {
      id,
      name: names.join(' ').trim() || (typeof email === 'string' ? email : id),
      email: typeof email === 'string' ? email : null,
      isAdministrator: read('site_admin') === true,
    },
  ];
}
