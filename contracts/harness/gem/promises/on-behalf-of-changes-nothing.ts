import { alike } from '../alike.ts';
import { agrees, same } from '../outcome.ts';
import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'a header On-Behalf-Of is accepted and changes nothing',
  evidence: evidence('D', 'no documented write uses it (facts §1.2, §5.5)'),
  group: 'access',
  async check(gem, { expect }) {
    const { ask } = gem.list('listJobs');
    const answer = await gem.call('listJobs', { headers: { 'On-Behalf-Of': '1' } });
    if (!expect('listJobs', 'status', 200, answer.status)) return;
    expect('listJobs', 'body', same, agrees(await alike(answer, ask, () => gem.call('listJobs'))));
  },
} satisfies GemPromise;
