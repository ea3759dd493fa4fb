import * as fc from 'fast-check';
import type { Case, Fault } from '../../harness/case.ts';
import { type State, throughout } from '../../harness/run.ts';
import { toVerdict, type Rule, type Verdict } from '../../harness/rule.ts';
import { busyAccount } from '../cases/accounts.ts';
import { same } from '../support/compare.ts';
import { eachList, isDeleted, isThere } from '../support/lists.ts';
import { wrapConnector } from '../support/mutants.ts';

/** One answer of Gem that does not arrive, or that is none. */
const failures = fc.constantFrom(
  { fault: 'status', status: 500 } as const,
  { fault: 'status', status: 503 } as const,
  { fault: 'status', status: 429 } as const,
  { fault: 'status', status: 403 } as const,
  { fault: 'connection_reset' } as const,
  { fault: 'truncated_body' } as const,
  { fault: 'malformed_body' } as const,
  { fault: 'wrong_content_type' } as const,
);

const lists = fc.constantFrom(
  'listJobs',
  'listCandidates',
  'listApplications',
  'listScheduledInterviews',
  'listJobStages',
);

const onSecondPage = failures.map((one): Fault =>
  Object.assign({}, one, { match: { operation: 'listUsers' as const, page: 2 } }),
);
const onFirstPage = fc
  .record({ one: failures, operation: lists })
  .map(({ one, operation }): Fault => Object.assign({}, one, { match: { operation, page: 1 } }));

/** While a list is read, a record that was read changes, and another one is made. */
const shift: Fault = {
  fault: 'edit',
  when: 'after',
  match: { operation: 'listUsers', page: 1 },
  edits: [
    { do: 'change', resource: 'users', record: 'user-2', set: { first_name: 'Meanwhile' } },
    { do: 'create', resource: 'users', as: 'user-meanwhile' },
  ],
};

const cases: fc.Arbitrary<Case> = fc
  .record({
    account: busyAccount,
    // More users than Gem shows on a page by default, or than it shows on any: some connectors ask for pages of 500.
    crowd: fc.constantFrom(101, 101, 501),
    first: onSecondPage,
    again: fc.tuple(onSecondPage, onFirstPage),
    delta: fc.oneof(fc.constant(shift), onFirstPage),
  })
  .map(({ account: { records }, crowd: count, first, again, delta }): Case => ({
    records: { ...records, users: [...(records.users ?? []), { as: 'user-crowd', count }] },
    edits: [{ do: 'change', resource: 'users', record: 'user-2', set: { first_name: 'Renamed' } }],
    later: [
      [{ do: 'change', resource: 'candidates', record: 'candidate-2', set: { first_name: 'Renamed' } }],
      [{ do: 'change', resource: 'candidates', record: 'candidate-2', set: { first_name: 'Again' } }],
    ],
    syncFaults: { first: [first], again, delta: [delta] },
  }));

const rule: Rule = {
  statement:
    'a sync during which Gem fails loses nothing: it gets over that, or says so and the next one does',
  evidence: {
    grade: 'assumed',
    source: 'kombo-unified-api §4.8: a sync that could not read everything says so',
  },
  concerns: 'syncing',
  needs: [],
  wants: 'a sync during which a call of a list fails',
  cases,
  holds: ({ states }) =>
    throughout(states, (state, before) => (state.faults.length > 0 ? judge(before, state) : [])),
  notes: ({ states }) =>
    states.flatMap(({ failure, faults, sync }) =>
      failure === undefined
        ? []
        : [`a ${sync} sync is not gone on with when Gem fails (${faults.join(', ')}), and says so`],
    ),
  mutants: [
    {
      name: 'ends at the first page after a failure',
      break: (connector) => {
        let syncs = 0;
        return wrapConnector(connector, {
          sync(account, type) {
            syncs += 1;
            return connector.sync(account, type);
          },
          async list(account, list, query) {
            const items = await connector.list(account, list, query);
            return list === 'users' && syncs === 2 ? items.slice(0, 100) : items;
          },
        });
      },
    },
  ],
};

export default rule;

/** Looks for what Gem had before the sync and has still; before the first one, nothing was looked at. */
function judge(before: State | undefined, state: State): Verdict[] {
  const earlier = eachList(before ?? state);
  const moment = before ? '' : `, after ${state.name}`;
  return eachList(state).flatMap(({ list, records, items }) => {
    const known = earlier.find((one) => one.list === list)?.records ?? [];
    const shown = new Map<string | null, number>();
    for (const { remote_id } of items) shown.set(remote_id, (shown.get(remote_id) ?? 0) + 1);
    return records
      .filter((record) => !isDeleted(record) && isThere(known, record.id))
      .flatMap(({ id }) =>
        same('how often it is shown', shown.get(id) ?? 0, 1).map((one) =>
          toVerdict(`${list} ${id}${moment}`, one),
        ),
      );
  });
}
