import type { Services } from '../actions/services.ts';
import { GemError, GemRefusedKey } from '../gem/errors.ts';
import { pagesOf } from '../gem/pages.ts';
import { identifier, isDeleted } from '../models/forms.ts';

/** A user of Gem who may be the one in whose name is written. */
export interface GemUser {
  id: string;
  name: string;
  email: string | null;
  isAdministrator: boolean;
}

/** The result of a live call with a key. */
export type CheckedKey =
  | { state: 'good'; users: readonly GemUser[] }
  | { state: 'refused' | 'not-enabled' | 'unreachable' };

/**
 * Checks a key by asking Gem for its users (kombo-unified-api §4.3). A key that opens the team but not its recruiting is
 * good, and the recruiting API is not enabled for the team. One that opens the recruiting alone is as good as any.
 */
export async function checkKey(
  { clientOf }: Pick<Services, 'clientOf'>,
  gem: { url: string; apiKey: string; applicationSecret: string | null },
): Promise<CheckedKey> {
  const client = clientOf({ gem }, soon);
  const team = await stateOf(
    () => client.ask('listTeamUsers', { query: { page_size: 1 } }),
    'wrong',
    'refused',
  );
  if (team === 'unreachable') return { state: team };
  if (team === 'wrong') return { state: 'refused' };
  const users: GemUser[] = [];
  const recruiting = await stateOf(
    async () => {
      for await (const { records } of pagesOf(client, 'listUsers')) users.push(...records.flatMap(toUser));
    },
    'not-enabled',
    'not-enabled',
  );
  if (recruiting === 'good') return { state: 'good', users: inOrder(users) };
  if (team === 'refused' || recruiting === 'wrong') return { state: 'refused' };
  return { state: recruiting };
}

/** A person waits at the page, so a silent Gem is reported soon. */
export const soon = { timeout: 10_000, retry: { limit: 1, delay: () => 300, patience: 15_000 } };

/** Administrators first, then by name. */
function inOrder(users: readonly GemUser[]): GemUser[] {
  return users.toSorted(
    (one, other) =>
      Number(other.isAdministrator) - Number(one.isAdministrator) || one.name.localeCompare(other.name),
  );
}

/**
 * How a call went: well; the key is wrong, as 401 says; Gem did not answer; or one of the two refusals that are given: of
 * the gateway, which says the same of keys and of routes (403), or any other.
 */
async function stateOf<Refusal extends string>(
  call: () => Promise<unknown>,
  ofGateway: Refusal,
  refusal: Refusal,
): Promise<'good' | 'wrong' | 'unreachable' | Refusal> {
  try {
    await call();
    return 'good';
  } catch (error) {
    if (!(error instanceof GemError)) throw error;
    if (error instanceof GemRefusedKey) return error.status === 401 ? 'wrong' : ofGateway;
    return notAnswering.has(error.name) ? 'unreachable' : refusal;
  }
}

const notAnswering = new Set(['GemUnavailable', 'GemThrottled', 'GemAnswerUnreadable']);

function toUser(record: unknown): GemUser[] {
  if (typeof record !== 'object' || record === null) return [];
  const read = (key: string): unknown => Reflect.get(record, key);
  const id = identifier(read('id'));
  if (id === undefined || read('disabled') === true || isDeleted(record)) return [];
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
