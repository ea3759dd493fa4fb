import type { GemSchemas } from '../../../gem.ts';
import { evidence, type GemPromise } from '../promise.ts';
import { write } from '../writing.ts';

export default {
  statement: 'an application is moved to another stage of its job, and its last activity moves on',
  evidence: evidence(
    'C',
    'a vendor documents that it can be done; path and body from Harvest (facts §2.1 #13, §14 #1)',
  ),
  group: 'writing',
  writes: true,
  async check(gem, { expect }) {
    const { applicationId, candidate, stageIds } = await gem.people.another();
    const [first, second] = stageIds;
    const path = { application_id: applicationId };
    const body = { user_id: gem.people.userId(), from_stage_id: first, to_stage_id: second };
    const moved = await write<GemSchemas['Application']>(gem, 'moveApplication', 200, { path, body });
    expect('moveApplication', 'in the new stage', true, moved.current_stage?.id === second);
    const before = Date.parse(candidate.applications[0]?.last_activity_at ?? '');
    expect('moveApplication', 'a later activity', true, Date.parse(moved.last_activity_at) >= before);
    const read = await write<GemSchemas['Application']>(gem, 'getApplication', 200, { path });
    expect('getApplication', 'in the new stage', true, read.current_stage?.id === second);
  },
} satisfies GemPromise;
