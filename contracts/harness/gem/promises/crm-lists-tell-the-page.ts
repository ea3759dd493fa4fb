import { expectPageHeader } from '../page-header.ts';
import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'lists of the CRM say in X-Pagination where the page stands',
  evidence: evidence('A', "Gem's CRM reference (facts §1.5)"),
  group: 'paging',
  place: '/components/headers/CrmPagination',
  async check(gem, notes) {
    for (const list of gem.lists({ api: 'crm' })) await expectPageHeader(notes, list);
  },
} satisfies GemPromise;
