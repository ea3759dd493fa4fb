import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'every list is sent as JSON and says so',
  evidence: evidence('B', 'read by every client (facts §1.5)'),
  group: 'transport',
  async check(gem, { expect }) {
    for (const { operation, ask } of gem.lists()) {
      const type = (await ask()).headers.get('content-type') ?? '';
      expect(operation.id, 'application/json', true, type.startsWith('application/json'));
    }
  },
} satisfies GemPromise;
