import { expectPageHeader } from '../page-header.ts';
import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'lists of the ATS say in X-Pagination where the page stands',
  evidence: evidence('D', "the CRM's header, not seen on the ATS (facts §1.5, §14 #6)"),
  group: 'paging',
  place: '/components/headers/AtsPagination',
  async check(gem, notes) {
    for (const list of gem.lists({ api: 'ats' })) await expectPageHeader(notes, list);
  },
} satisfies GemPromise;
