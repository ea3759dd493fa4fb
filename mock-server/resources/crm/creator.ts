import type { RecordTypes } from '../../../seeds/index.ts';
import type { World } from '../../world/world.ts';

/**
 * The user who added a person. Nobody did who applied by themselves, but the CRM always names a user: then it is the team's
 * first administrator.
 */
export function creatorOf({ store }: World, { crm }: RecordTypes['candidates']): string {
  if (crm?.created_by !== undefined) return crm.created_by;
  for (const { record } of store.collection('users').entries()) {
    if (record.site_admin && record.deleted_at === null) return record.id;
  }
  return '';
}
