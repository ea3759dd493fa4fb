import type { GemSchemas } from '../../../gem.ts';
import { evidence, type GemPromise } from '../promise.ts';
import { write } from '../writing.ts';

export default {
  statement: 'an application that is advanced stands in the next stage of its job',
  evidence: evidence('C', 'Harvest (facts §5.5)'),
  group: 'writing',
  writes: true,
  async check(gem, { expect }) {
    const { applicationId, stageIds } = await gem.people.another();
    const [first, second] = stageIds;
    const advanced = await write<GemSchemas['Application']>(gem, 'advanceApplication', 200, {
      path: { application_id: applicationId },
      body: { user_id: gem.people.userId(), from_stage_id: first },
    });
    expect('advanceApplication', 'in the next stage', true, advanced.current_stage?.id === second);
  },
} satisfies GemPromise;
