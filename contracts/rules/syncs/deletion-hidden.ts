import { deletedAccount } from '../cases/accounts.ts';
import { eachList, isDeleted } from '../support/lists.ts';
import { wrapConnector } from '../support/mutants.ts';
import { type Rule, toVerdict, type Verdict } from '../../harness/rule.ts';
import { type State, throughout } from '../../harness/run.ts';
import { same } from '../support/compare.ts';

const rule: Rule = {
  statement: 'what was deleted at Gem is shown no more after the next full sync, unless it is asked for',
  evidence: { grade: 'documented', source: 'kombo-unified-api §5.3, §1.5' },
  concerns: 'syncing',
  needs: [],
  wants: 'a record that is listed, and deleted at Gem later',
  cases: deletedAccount,
  holds({ states }) {
    /** The records that were ever shown. */
    const ever = new Set<string>();
    return throughout(states, (state) => {
      for (const { list, items } of eachList(state)) {
        for (const { remote_id: id } of items) ever.add(`${list} ${id}`);
      }
      return state.sync === 'FULL' ? judge(state, ever) : [];
    });
  },
  mutants: [
    {
      name: 'keeps the deleted',
      onlyShows: true,
      break: (connector) => {
        const known = new Set<string>();
        return wrapConnector(connector, {
          async list(account, list, query) {
            const items = await connector.list(account, list, query);
            if (list !== 'interviews' || Object.keys(query).length > 0) return items;
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

function judge(state: State, ever: ReadonlySet<string>): Verdict[] {
  return eachList(state).flatMap(({ list, records, items }) => {
    const shown = new Set(items.map(({ remote_id }) => remote_id));
    const gone = records.filter((record) => isDeleted(record) && ever.has(`${list} ${record.id}`));
    return gone.flatMap(({ id }) =>
      same('whether it is shown', shown.has(id), false).map((one) => toVerdict(`${list} ${id}`, one)),
    );
  });
}
