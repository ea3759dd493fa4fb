import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'a move or an advance from a stage in which the application no longer is, is refused',
  evidence: evidence('C', 'Harvest (facts §5.5, §14 #1)'),
  group: 'writing',
  writes: true,
  async check(gem, { expect }) {
    const { applicationId, stageIds } = await gem.people.another();
    const [first, second] = stageIds;
    const stale = { user_id: gem.people.userId(), from_stage_id: second };
    const path = { application_id: applicationId };
    for (const [operation, body] of [
      ['moveApplication', { ...stale, to_stage_id: first }],
      ['advanceApplication', stale],
    ] as const) {
      const { status } = await gem.call(operation, { path, body });
      expect(operation, 'refused with 400 or 422', true, status === 400 || status === 422);
    }
  },
} satisfies GemPromise;
