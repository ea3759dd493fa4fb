import { evidence, type GemPromise } from '../promise.ts';
import { oneOfWords, ours } from '../shown.ts';

export default {
  statement: 'the e-mail address of a created candidate is personal and primary',
  evidence: evidence('D', 'only personal addresses can be written, says the connector page (facts §9)'),
  group: 'writing',
  writes: true,
  async check(gem, { expect }) {
    const { candidate, email } = await gem.people.one();
    const [address] = candidate.email_addresses;
    expect('createCandidate', 'addresses', 1, candidate.email_addresses.length);
    expect(
      'createCandidate',
      'type',
      ours('personal'),
      oneOfWords(address?.type, ['personal', 'work', 'other']),
    );
    expect('createCandidate', 'is_primary', true, address?.is_primary === true);
    expect('createCandidate', 'the address itself', true, address?.value === email);
  },
} satisfies GemPromise;
