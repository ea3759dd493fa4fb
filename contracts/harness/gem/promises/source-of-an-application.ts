import type { GemSchemas } from '../../../gem.ts';
import { evidence, type GemPromise } from '../promise.ts';
import { write } from '../writing.ts';

export default {
  statement: 'the source of an application can be changed to another of the list, and to no other',
  evidence: evidence('B', 'body typed by a client (facts §5.3)'),
  group: 'writing',
  writes: true,
  async check(gem, { expect, unseen }) {
    unseen('the account has no source');
    const [source] = gem.records('listSources');
    if (!source) return;
    const path = { application_id: (await gem.people.one()).applicationId };
    const changed = await write<GemSchemas['Application']>(gem, 'updateApplication', 200, {
      path,
      body: { source_id: source.id },
    });
    expect('updateApplication', 'the source', true, changed.source?.id === source.id);
    expect('updateApplication', 'its name', true, changed.source?.public_name === source.name);
    const { status } = await gem.call('updateApplication', { path, body: { source_id: 'bm9ib2R5' } });
    expect(
      'updateApplication with an unknown source',
      'refused',
      true,
      status === 404 || status === 422 || status === 400,
    );
  },
} satisfies GemPromise;
