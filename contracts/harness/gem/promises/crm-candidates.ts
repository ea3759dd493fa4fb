import type { GemSchemas } from '../../../gem.ts';
import { evidence, type GemPromise } from '../promise.ts';
import { write } from '../writing.ts';

export default {
  statement:
    'a person is created in the CRM without an application, changed field by field, and deleted in the name of a user',
  evidence: evidence('A', "Gem's CRM reference (facts §7)"),
  group: 'writing',
  writes: true,
  async check(gem, { expect }) {
    const userId = gem.people.userId();
    const { email } = await gem.people.body();
    const body = {
      created_by: userId,
      first_name: 'Verification',
      last_name: 'Mock-Gem',
      emails: [{ email_address: email }],
    };
    const created = await write<GemSchemas['CrmCandidate']>(gem, 'createCrmCandidate', 201, { body });
    gem.people.remember(created.id);
    expect('createCrmCandidate', 'created_by', true, created.created_by === userId);
    const path = { candidate_id: created.id };
    const changed = await write<GemSchemas['CrmCandidate']>(gem, 'updateCrmCandidate', 200, {
      path,
      body: { title: 'Verification' },
    });
    expect('updateCrmCandidate', 'title', true, changed.title === 'Verification');
    expect('updateCrmCandidate', 'first_name as before', true, changed.first_name === 'Verification');
    await write(gem, 'deleteCrmCandidate', 204, { path, body: { on_behalf_of_user_id: userId } });
    expect('getCrmCandidate', 'status', 404, (await gem.call('getCrmCandidate', { path })).status);
  },
} satisfies GemPromise;
