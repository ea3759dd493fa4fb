import { expectExact } from '../exact-filters.ts';
import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'linked_in_handle and created_by show exactly the people of the CRM who have them',
  evidence: evidence('A', "Gem's CRM reference (facts §7)"),
  group: 'filters',
  async check(gem, notes) {
    const people = gem.list('listCrmCandidates');
    await expectExact(notes, people, 'linked_in_handle', (row) => [row['linked_in_handle']]);
    await expectExact(notes, people, 'created_by', (row) => [row['created_by']]);
  },
} satisfies GemPromise;
