import type { GemSchemas } from '../../../contracts/gem.ts';
import type { RecordTypes } from '../../../seeds/index.ts';
import type { Store } from '../../store/store.ts';
import { created, equals, filters, updated } from '../listing/filters.ts';
import { listPage } from '../listing/pages.ts';
import { itemOf, type GemHandler, type Resource } from '../resource.ts';
import { presentDepartments, presentOffices } from './lookups.ts';

type UserRecord = RecordTypes['users'];

/** Users (gem-ats-api §3.6). */
export const users: Resource<'users'> = {
  name: 'users',
  label: 'User',
  present: (user, { store }) => ({
    ...toUserLite(user),
    created_at: user.created_at,
    deleted_at: user.deleted_at,
    departments: presentDepartments(store, user.department_ids),
    disabled: user.disabled,
    emails: user.emails,
    linked_candidate_ids: user.linked_candidate_ids,
    offices: presentOffices(store, user.office_ids),
    primary_email_address: user.primary_email_address,
    site_admin: user.site_admin,
    updated_at: user.updated_at,
  }),
};

export const listUsers: GemHandler<'listUsers'> = ({ query }, world) =>
  listPage(
    world,
    users,
    query,
    filters(
      created(query),
      updated(query),
      equals(query.employee_id, (user) => user.employee_id, 'employee_id'),
    ),
    query.email === undefined
      ? undefined
      : world.store.collection('users').entriesBy('email', query.email.toLowerCase()),
  );

export const getUser: GemHandler<'getUser'> = ({ path, query }, world) =>
  itemOf(world, users, path.user_id, query);

/** A user's full name, as Gem spells it. */
export function userName(user: UserRecord): string {
  return `${user.first_name} ${user.last_name}`;
}

/** The short form of a user that other objects carry; users who are gone are left out. */
export function presentUsers(store: Store, ids: readonly string[]): GemSchemas['UserLite'][] {
  return ids.flatMap((id) => {
    const user = store.get('users', id);
    return user ? [toUserLite(user)] : [];
  });
}

/** The short form of one user; null without one. */
export function presentUser(store: Store, id: string | null): GemSchemas['UserLite'] | null {
  return (id === null ? undefined : presentUsers(store, [id])[0]) ?? null;
}

/** The short form that other objects carry. */
export function toUserLite(user: UserRecord): GemSchemas['UserLite'] {
  return {
    employee_id: user.employee_id,
    first_name: user.first_name,
    id: user.id,
    last_name: user.last_name,
    name: userName(user),
  };
}
