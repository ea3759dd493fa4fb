import { busyAccount } from '../cases/accounts.ts';
import { wrapConnector } from '../support/mutants.ts';
import { type Rule, toVerdict } from '../../harness/rule.ts';
import { same } from '../support/compare.ts';

/** Filters of jobs on fields that Gem does not fill (kombo-unified-api §2.2). */
const filters: readonly Record<string, string>[] = [
  { employment_types: 'FULL_TIME' },
  { visibilities: 'PUBLIC' },
];

const rule: Rule = {
  statement:
    'a filter on a field that Gem does not fill shows nothing; with `ignore_unsupported_filters` it narrows nothing down',
  evidence: { grade: 'documented', source: 'kombo-unified-api §1.5, §2.2' },
  concerns: 'syncing',
  needs: ['filters'],
  wants: 'a job in the list',
  cases: busyAccount,
  async holds({ after }, ask) {
    const all = after.unified.jobs.length;
    if (all === 0) return [];
    const found = await Promise.all(
      filters.map(async (query) => {
        const none = await ask.list('jobs', query);
        const ignored = await ask.list('jobs', { ...query, ignore_unsupported_filters: 'true' });
        const name = Object.keys(query).join();
        return [
          { what: `items with ${name}`, expected: 0, got: none.length },
          { what: `items with ${name} and ignore_unsupported_filters`, expected: all, got: ignored.length },
        ];
      }),
    );
    return found
      .flat()
      .flatMap(({ what, expected, got }) => same(what, got, expected))
      .map((one) => toVerdict('jobs', one));
  },
  mutants: [
    {
      name: 'uncovered filters ignored',
      onlyShows: true,
      break: (connector) =>
        wrapConnector(connector, {
          list: async (account, list, query) =>
            filters.some((filter) => Object.keys(filter).some((name) => name in query))
              ? connector.list(account, list, {})
              : connector.list(account, list, query),
        }),
    },
  ],
};

export default rule;
