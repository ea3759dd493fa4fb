// Requests to Gem: their users and their types.
import type { ActionResult } from '../../harness/run.ts';
import { created } from './results.ts';
import type { Check } from '../../harness/rule.ts';
import { same } from './compare.ts';

/** A user in whose name something was written, and where. */
interface NamedUser {
  where: string;
  user: unknown;
}

/** All users whom an action named to Gem, and the users of its new records. */
export function usersNamed(result: ActionResult): NamedUser[] {
  return [...usersOfRequests(result), ...usersOfRecords(result)];
}

/** The users in requests: Gem takes the user in the body, or in the path of an upload (gem-ats-api §14). */
function usersOfRequests({ requests }: ActionResult): NamedUser[] {
  return requests
    .filter(({ method, status }) => method !== 'GET' && status !== null && status < 300)
    .flatMap(({ operation, path, body }) => {
      const uploader = /\/uploaded_resumes\/([^/]+)$/.exec(path)?.[1];
      const users = Object.entries(Object(body)).filter(([key]) => userKeys.has(key));
      return [
        ...users.map(([, user]) => user),
        ...(uploader === undefined ? [] : [decodeURIComponent(uploader)]),
      ].map((user) => ({ where: String(operation), user }));
    });
}

const userKeys = new Set(['user_id', 'created_by', 'on_behalf_of_user_id']);

/** Files that came with an application have no user. */
function usersOfRecords(result: ActionResult): NamedUser[] {
  return [...created(result, 'notes'), ...created(result, 'attachments')]
    .filter(({ user_id }) => user_id !== null)
    .map(({ user_id: user }) => ({ where: 'a new record', user }));
}

type Sent = Readonly<Record<string, unknown>>;

/**
 * Checks the types of objects as they were sent; Gem may store another type.
 *
 * @param name gives the name of an object that is checked; undefined for all others
 * @param expected the type that it must have, if it has any
 */
export function wrongTypes(
  { requests }: ActionResult,
  name: (sent: Sent) => unknown,
  expected: string,
): Check[] {
  return requests
    .filter(({ method }) => method !== 'GET')
    .flatMap(({ body }) => objectsIn(body))
    .filter((sent) => name(sent) !== undefined && sent['type'] !== undefined)
    .flatMap((sent) => same(`the type of ${String(name(sent))} as sent`, sent['type'], expected));
}

function objectsIn(value: unknown): Sent[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  return [{ ...value }, ...Object.values(value).flatMap(objectsIn)];
}
