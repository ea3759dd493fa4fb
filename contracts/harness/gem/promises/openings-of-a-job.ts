import type { GemSchemas } from '../../../gem.ts';
import { evidence, type GemPromise } from '../promise.ts';
import { oneOfWords, ours } from '../shown.ts';
import { write } from '../writing.ts';

export default {
  statement: 'a job gets another opening, which can be closed, and deleted',
  evidence: evidence('C', 'Harvest (facts §2.1 #33)'),
  group: 'writing',
  writes: true,
  async check(gem, { expect, unseen }) {
    unseen('there is no open job with two stages');
    const [job] = await gem.people.jobs();
    if (!job) return;
    const user_id = gem.people.userId();
    const path = { job_id: job.id };
    const body = { user_id, openings: [{ opening_id: 'mock-gem-verification' }] };
    const made = await write<unknown>(gem, 'createOpenings', 201, { path, body });
    const opening = (Array.isArray(made) ? made[0] : made) as GemSchemas['Opening'];
    expect('createOpenings', 'status', ours('open'), oneOfWords(opening.status, ['open', 'closed']));
    const closed = await write<GemSchemas['Opening']>(gem, 'updateOpening', 200, {
      path: { ...path, opening_id: opening.id },
      body: { user_id, status: 'closed' },
    });
    expect('updateOpening', 'status', ours('closed'), oneOfWords(closed.status, ['open', 'closed']));
    const deleted = await write<GemSchemas['DeletedOpenings']>(gem, 'deleteOpenings', 200, {
      path,
      body: { user_id, ids: [opening.id] },
    });
    expect('deleteOpenings', 'deleted', true, deleted.deleted_ids.includes(opening.id));
  },
} satisfies GemPromise;
