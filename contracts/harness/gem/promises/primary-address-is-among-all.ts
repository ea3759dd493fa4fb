import { evidence, type GemPromise } from '../promise.ts';
import { nameless } from '../shown.ts';

export default {
  statement: "a user's primary e-mail address is among all of their addresses",
  evidence: evidence('C', 'Harvest (facts §3.6)'),
  group: 'records',
  async check(gem, { expect }) {
    for (const { id, emails, primary_email_address: primary } of gem.records('listUsers')) {
      expect(`user ${nameless(id)}`, 'among all', true, emails.includes(primary));
    }
  },
} satisfies GemPromise;
