import { describe, expect, test } from 'vitest';
import { users } from '../../../connector/models/users.ts';
import { userRecord } from '../../support/gem-records.ts';
import { rowOf, testCopies } from './support/mapping.ts';

describe('a user (kombo-unified-api §2.6)', () => {
  testCopies(
    { model: users, listing: 'listUsers' },
    { remote_id: 'id', first_name: 'first_name', last_name: 'last_name' },
  );

  test('is active until the account is disabled', () => {
    expect(rowOf(users, userRecord('uma', { disabled: false }))['status']).toBe('ACTIVE');
    expect(rowOf(users, userRecord('uma', { disabled: true }))['status']).toBe('INACTIVE');
  });

  test('has the address that Gem calls primary, or none if it is not well formed', () => {
    const user = userRecord('uma', {
      primary_email_address: 'uma@example.com',
      emails: ['other@example.com'],
    });
    expect(rowOf(users, user)['email']).toBe('uma@example.com');
    expect(rowOf(users, { ...user, primary_email_address: 'nobody' })['email']).toBeNull();
  });
});
