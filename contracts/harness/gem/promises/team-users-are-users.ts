import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'a user has the same id in the CRM as in the ATS',
  evidence: evidence('B', 'a client passes ids from the one to the other (facts §1.7)'),
  group: 'records',
  async check(gem, { expect }) {
    const [user] = gem.records('listTeamUsers');
    if (!user) return;
    const { status } = await gem.call('getUser', { path: { user_id: user.id } });
    const isListed = gem.records('listUsers').some(({ id }) => id === user.id);
    expect('listTeamUsers', 'known to the ATS', true, isListed || status === 200);
  },
} satisfies GemPromise;
