import { pair, type Walk } from './walk.ts';

export const users: Walk = {
  rows: ({ gem, unified }) =>
    pair(gem.users, unified.users, (user) => ({
      first_name: user.first_name,
      last_name: user.last_name,
      email: user.primary_email_address,
      status: user.disabled ? 'INACTIVE' : 'ACTIVE',
      remote_deleted_at: user.deleted_at,
      remote_data: { '/users/': user },
    })),
};
