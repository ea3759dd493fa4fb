import type { GemSchemas } from '../../../gem.ts';
import { isNode } from '../document.ts';
import { expectEnvelope } from '../envelope.ts';
import { evidence, type GemPromise } from '../promise.ts';
import { write } from '../writing.ts';

export default {
  statement:
    'a LinkedIn handle that somebody has already is refused in the CRM with 400 and errors.duplicate_candidate',
  evidence: evidence('A', "Gem's CRM reference (facts §1.9)"),
  group: 'writing',
  writes: true,
  async check(gem, notes) {
    const { email } = await gem.people.body();
    const body = { created_by: gem.people.userId(), linked_in_handle: email.split('@')[0] };
    const created = await write<GemSchemas['CrmCandidate']>(gem, 'createCrmCandidate', 201, { body });
    gem.people.remember(created.id);
    const answer = await gem.call('createCrmCandidate', { body });
    expectEnvelope(notes, 'createCrmCandidate', answer, 400);
    const errors = isNode(answer.body) && isNode(answer.body['errors']) ? answer.body['errors'] : {};
    const duplicate = errors['duplicate_candidate'];
    notes.expect(
      'createCrmCandidate',
      'the person is named',
      true,
      isNode(duplicate) && duplicate['id'] === created.id,
    );
  },
} satisfies GemPromise;
