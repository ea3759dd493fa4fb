import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'a page holds 100 records in the ATS, and 20 in the CRM, when nothing is said',
  evidence: evidence('B', "typed by a client; Gem's CRM reference for its own (facts §1.5)"),
  group: 'paging',
  async check(gem, notes) {
    const judged = new Set<string>();
    for (const { operation, api, size, read } of gem.lists()) {
      if (api === 'board') continue;
      const [usual, most] = [(await read()).length, (await read({ [size.name]: size.most })).length];
      if (most > size.usual) judged.add(api);
      // A list that is shorter than a page can only show that pages are not smaller.
      notes.expect(operation.id, 'records', Math.min(size.usual, most), usual);
    }
    const open = ['ats', 'crm'].filter((api) => !judged.has(api)).map((api) => api.toUpperCase());
    if (open.length > 0) notes.remark(`no list of the ${open.join(' and the ')} is longer than a page`);
  },
} satisfies GemPromise;
