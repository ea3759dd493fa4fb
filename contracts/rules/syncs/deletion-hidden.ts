import { deletedAccount } from '../cases/accounts.ts';
import { eachList, isThere } from '../support/lists.ts';
import { wrapConnector } from '../support/mutants.ts';
import type { Rule } from '../../harness/rule.ts';

const rule: Rule = {
  statement: 'what was deleted at Gem is shown no more after the next full sync, unless it is asked for',
  evidence: { grade: 'documented', source: 'kombo-unified-api §5.3, §1.5' },
  concerns: 'syncing',
  needs: [],
  cases: deletedAccount,
  holds: ({ last }) =>
    eachList(last).flatMap(({ list, records, items }) =>
      items
        .filter(({ remote_id }) => records.some(({ id }) => id === remote_id) && !isThere(records, remote_id))
        .map(({ remote_id }) => ({
          about: `${list} ${remote_id}`,
          what: 'whether it is shown',
          expected: false,
          got: true,
        })),
    ),
  mutants: [
    {
      name: 'keeps the deleted',
      onlyShows: true,
      break: (connector) => {
        const known = new Set<string>();
        return wrapConnector(connector, {
          async list(account, list, query) {
            const items = await connector.list(account, list, query);
            if (Object.keys(query).length > 0) return items;
            for (const { id } of items) known.add(id);
            const all = await connector.list(account, list, { include_deleted: 'true' });
            return all
              .filter(({ id }) => known.has(id))
              .map((item) => Object.assign(structuredClone(item), { remote_deleted_at: null }));
          },
        });
      },
    },
  ],
};

export default rule;
