import type { GemSchemas } from '../../../gem.ts';
import { evidence, type GemPromise } from '../promise.ts';
import { oneOfWords, ours } from '../shown.ts';
import { write } from '../writing.ts';

const words = ['active', 'rejected', 'hired'];

export default {
  statement:
    'an active application can be rejected, for a reason that can be changed, and taken back; it keeps its stage',
  evidence: evidence('C', 'Harvest (facts §5.5)'),
  group: 'writing',
  writes: true,
  async check(gem, { expect }) {
    const { applicationId, stageIds } = await gem.people.another();
    const path = { application_id: applicationId };
    const user_id = gem.people.userId();
    const [reason, other] = gem.records('listRejectionReasons');
    const because = (rejection_reason_id: string | undefined) => ({
      user_id,
      ...(rejection_reason_id && { rejection_reason_id }),
    });

    const rejected = await write<GemSchemas['Application']>(gem, 'rejectApplication', 200, {
      path,
      body: because(reason?.id),
    });
    expect('rejectApplication', 'status', ours('rejected'), oneOfWords(rejected.status, words));
    expect('rejectApplication', 'rejected_at', true, typeof rejected.rejected_at === 'string');
    expect('rejectApplication', 'the stage', true, rejected.current_stage?.id === stageIds[0]);
    if (reason) expect('rejectApplication', 'the reason', true, rejected.rejection_reason?.id === reason.id);

    const again = await gem.call('rejectApplication', { path, body: because(reason?.id) });
    expect(
      'rejectApplication when rejected',
      'refused with 400 or 422',
      true,
      again.status === 400 || again.status === 422,
    );

    if (other) {
      const changed = await write<GemSchemas['Application']>(gem, 'changeRejection', 200, {
        path,
        body: because(other.id),
      });
      expect('changeRejection', 'the reason', true, changed.rejection_reason?.id === other.id);
    }
    const taken = await write<GemSchemas['Application']>(gem, 'unrejectApplication', 200, {
      path,
      body: { user_id },
    });
    expect('unrejectApplication', 'status', ours('active'), oneOfWords(taken.status, words));
    expect('unrejectApplication', 'rejected_at', false, typeof taken.rejected_at === 'string');
  },
} satisfies GemPromise;
