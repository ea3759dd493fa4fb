import * as fc from 'fast-check';
import type { Case, Fault } from '../../harness/case.ts';
import { type State, throughout } from '../../harness/run.ts';
import { toVerdict, type Rule, type Verdict } from '../../harness/rule.ts';
import { busyAccount } from '../cases/accounts.ts';
import { same } from '../support/compare.ts';
import { eachList, isDeleted, isSameRecord, isThere, lateChanges } from '../support/lists.ts';
import { wrapConnector } from '../support/mutants.ts';

/** One answer of Gem that does not arrive, or that is none. */
const passing = fc.constantFrom(
  { fault: 'status', status: 500 } as const,
  { fault: 'status', status: 503 } as const,
  { fault: 'status', status: 429 } as const,
  { fault: 'connection_reset' } as const,
  { fault: 'truncated_body' } as const,
  { fault: 'malformed_body' } as const,
  { fault: 'wrong_content_type' } as const,
);

/** A refusal is what is not tried again: the list is left out, and the sync has to say so. */
const failures = fc.oneof(
  { weight: 1, arbitrary: fc.constant({ fault: 'status', status: 403 } as const) },
  { weight: 2, arbitrary: passing },
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
    'a sync during which Gem fails loses nothing and takes nothing away: it gets over that, or says so and the next one does',
  evidence: {
    grade: 'assumed',
    source:
      'kombo-unified-api §4.8: a sync that could not read everything says so; §5.3: what is not found is gone, not what is not read',
  },
  concerns: 'syncing',
  needs: [],
  wants: 'a sync during which a call of a list fails',
  cases,
  holds: ({ states }) =>
    throughout(states, (state, before) =>
      state.faults.length === 0
        ? []
        : [...judgeFailure(before, state), ...judge(before, state), ...judgeChanges(before, state)],
    ),
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
    {
      name: 'takes for gone what could not be read',
      break: (connector) => {
        let isWhole = true;
        return wrapConnector(connector, {
          async sync(account, type) {
            isWhole = false;
            const told = await connector.sync(account, type);
            isWhole = true;
            return told;
          },
          async list(account, list, query) {
            const items = await connector.list(account, list, query);
            return isWhole ? items : items.slice(1);
          },
        });
      },
    },
  ],
};

export default rule;

/** Looks whether a sync that failed has taken away what was shown before it. */
function judgeFailure(before: State | undefined, state: State): Verdict[] {
  const { afterFailure } = state;
  if (!before || !afterFailure) return [];
  return eachList(before).flatMap(({ list, items }) => {
    const { records } = eachList(state).find((one) => one.list === list) ?? { records: [] };
    const shown = new Set(
      eachList(state, afterFailure)
        .find((one) => one.list === list)
        ?.items.map(({ id }) => id),
    );
    return items
      .filter(({ remote_id: id }) => isThere(records, id))
      .flatMap(({ id, remote_id }) =>
        same('whether it is shown after the sync that failed', shown.has(id), true).map((one) =>
          toVerdict(`${list} ${remote_id}`, one),
        ),
      );
  });
}

/** Looks whether what Gem changed before a delta sync has come, by the times that Gem gives it. */
function judgeChanges(before: State | undefined, state: State): Verdict[] {
  // What changes while the sync runs may come with the next one.
  if (!before || state.sync !== 'DELTA' || state.faults.some((fault) => fault.startsWith('edit'))) return [];
  return eachList(state).flatMap(({ list, records, items }) => {
    const late = new Set<string | null>(lateChanges(before, state, list).map(({ id }) => id));
    const earlier = eachList(before).find((one) => one.list === list)?.records ?? [];
    const moments = new Map(
      records.map((record) => [record.id, record.updated_at ?? record.last_activity_at]),
    );
    return items
      .filter(
        ({ remote_id: id }) => isThere(records, id) && !late.has(id) && !isSameRecord(earlier, records, id),
      )
      .flatMap((item) => {
        const shown: unknown = Reflect.get(item, 'remote_updated_at');
        const moment = moments.get(item.remote_id ?? '');
        // Not every list tells it.
        if (typeof shown !== 'string' || typeof moment !== 'string') return [];
        return same('remote_updated_at', Date.parse(shown), Date.parse(moment)).map((one) =>
          toVerdict(`${list} ${item.remote_id}, after ${state.name}`, one),
        );
      });
  });
}

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
