import { pageOf } from '../listing/pages.ts';
import { serialise, type GemHandler } from '../resource.ts';
import { userName } from '../ats/users.ts';

/** The team's users in the CRM's short form (gem-ats-api §7). */
export const listTeamUsers: GemHandler<'listTeamUsers'> = ({ query }, world) => {
  const email = query.email?.toLowerCase();
  const users = [...world.store.collection('users').entries()]
    .map(({ record }) => record)
    .filter((user) => user.deleted_at === null && !user.disabled)
    .filter((user) => email === undefined || user.primary_email_address.toLowerCase() === email)
    .map((user) => serialise({ email: user.primary_email_address, id: user.id, name: userName(user) }));
  return pageOf(users, query);
};
