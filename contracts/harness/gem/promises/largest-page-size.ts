import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'a page size of 500 in the ATS, and of 100 in the CRM, is allowed',
  evidence: evidence('B', "used live by clients; Gem's CRM reference for its own (facts §1.5)"),
  group: 'paging',
  async check(gem, { expect }) {
    for (const { operation, api, size, ask } of gem.lists()) {
      if (api === 'board') continue;
      const { status } = await ask({ [size.name]: size.most });
      expect(operation.id, `status with ${size.most}`, 200, status);
    }
  },
} satisfies GemPromise;
