import { expectExact } from '../exact-filters.ts';
import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'an e-mail address shows exactly the candidates and users who have it',
  evidence: evidence('B', 'parameters typed by a client (facts §1.6, §2.2)'),
  group: 'filters',
  async check(gem, notes) {
    await expectExact(notes, gem.list('listCandidates'), 'email', ({ email_addresses: addresses }) =>
      // As the description has them; otherwise there is nothing to look at.
      (addresses as { value: string }[]).map(({ value }) => value.toLowerCase()),
    );
    await expectExact(notes, gem.list('listUsers'), 'email', ({ emails }) => emails as string[]);
    await expectExact(notes, gem.list('listTeamUsers'), 'email', ({ email }) => [email]);
  },
} satisfies GemPromise;
