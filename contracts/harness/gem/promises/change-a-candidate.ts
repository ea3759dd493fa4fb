import type { GemSchemas } from '../../../gem.ts';
import { evidence, type GemPromise } from '../promise.ts';
import { write } from '../writing.ts';

export default {
  statement:
    'only the fields of a candidate that are sent change, a list takes the place of the old one, and an empty one clears it',
  evidence: evidence('C', 'Harvest (facts §2.1 #4, §10)'),
  group: 'writing',
  writes: true,
  async check(gem, { expect }) {
    const { candidateId, candidate, email } = await gem.people.another();
    const path = { candidate_id: candidateId };
    const change = (body: object) =>
      write<GemSchemas['Candidate']>(gem, 'updateCandidate', 200, { path, body });
    const addresses = [{ value: email, type: 'work' }, { value: `other-${email}` }];
    const changed = await change({ title: 'Verification', email_addresses: addresses });
    expect('updateCandidate', 'title', true, changed.title === 'Verification');
    expect('updateCandidate', 'first_name as before', true, changed.first_name === candidate.first_name);
    expect('updateCandidate', 'addresses', 2, changed.email_addresses.length);
    const others = changed.email_addresses.filter(({ type }) => type !== 'personal');
    expect('updateCandidate', 'addresses that are not personal', 0, others.length);
    expect(
      'updateCandidate',
      'addresses after an empty list',
      0,
      (await change({ email_addresses: [] })).email_addresses.length,
    );
  },
} satisfies GemPromise;
