import type { ActSeen } from './course.ts';
import { created } from './written.ts';

/** A user in whose name something was written, and what it was. */
interface Named {
  where: string;
  user: unknown;
}

/** All users whom an act named to Gem, or in whose name Gem has what came of it. */
export function usersNamed(act: ActSeen): Named[] {
  return [...usersOfRequests(act), ...usersOfRecords(act)];
}

/** Whom the requests name: Gem takes the user in the body, or in the path of an upload (gem-ats-api §14). */
function usersOfRequests({ requests }: ActSeen): Named[] {
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

/** Files that came with an application are nobody's. */
function usersOfRecords(act: ActSeen): Named[] {
  return [...created(act, 'notes'), ...created(act, 'attachments')]
    .filter(({ user_id }) => user_id !== null)
    .map(({ user_id: user }) => ({ where: 'a new record', user }));
}
