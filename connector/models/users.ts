import { validEmail } from '../policy/contacts.ts';
import { defineModel, recordsOf, remoteData } from './model.ts';

/** The people who work in the Gem account (kombo-unified-api §2.6). */
export const users = defineModel({
  name: 'ats_users',
  label: 'Users',
  from: recordsOf('listUsers'),
  remoteId: (user) => user.id,
  remoteDeletedAt: (user) => user.deleted_at,
  columns: {
    first_name: 'text',
    last_name: 'text',
    email: 'text',
    status: 'text',
    remote_data: 'jsonb',
  },
  derivedColumns: {},
  fields: {
    first_name: 'first_name',
    last_name: 'last_name',
    email: (user) => validEmail(user.primary_email_address),
    status: ({ disabled }) => (disabled === undefined ? null : disabled ? 'INACTIVE' : 'ACTIVE'),
    remote_data: remoteData('listUsers'),
  },
});
