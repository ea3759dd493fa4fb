import { sql } from 'kysely';
import type { UnifiedOperations, UnifiedSchemas } from '../../../contracts/unified.ts';
import { oneOf } from './filters.ts';
import { defineList, type ListedRow } from './list.ts';

type Query = NonNullable<UnifiedOperations['getAtsUsers']['parameters']['query']>;

/** `GET /ats/users` (kombo-unified-api §2.6). */
export const listUsers = defineList<Query, UnifiedSchemas['User']>({
  operationId: 'getAtsUsers',
  row: 'person',
  filters: ({ emails }) => [
    oneOf(
      sql`lower(person.email)`,
      emails?.map((email) => email.toLowerCase()),
    ),
  ],
  nestedChanges: () => [],
  statement: (where, limit) => sql<ListedRow>`
    select
      person.number::text as number,
      json_build_object(
        'id', person.id,
        'remote_id', person.remote_id,
        'first_name', person.first_name,
        'last_name', person.last_name,
        'email', person.email,
        'status', person.status,
        'remote_data', person.remote_data,
        'changed_at', instant(person.changed_at),
        'remote_deleted_at', instant(person.remote_deleted_at),
        'system_roles', '[]'::json
      )::text as json
    from ats_users as person
    where ${where}
    order by person.number
    limit ${limit}`,
});
