import { evidence, type GemPromise } from '../promise.ts';
import { nameless } from '../shown.ts';

export default {
  statement: 'an application has rejected_at when it is rejected, and neither that nor a reason otherwise',
  evidence: evidence('B', 'typed by a client as optional (facts §3.2)'),
  group: 'records',
  async check(gem, { expect }) {
    for (const one of gem.records('listApplications')) {
      const about = `application ${nameless(one.id)}`;
      const isRejected = one.status === 'rejected';
      expect(about, 'rejected and has rejected_at', isRejected, typeof one.rejected_at === 'string');
      if (!isRejected) expect(about, 'a reason', false, Boolean(one.rejection_reason));
    }
  },
} satisfies GemPromise;
