// Mutants: wrappers around a right connector that get a single thing wrong.
import { fillPath } from '../../calls.ts';
import { gemDescription } from '../../gem.ts';
import type { Account, ActionAnswer, ActionCall, Adapter, SyncType } from '../../harness/adapter.ts';
import type { ItemOf, ListName } from '../../harness/lists.ts';
import { readGem } from '../../harness/read-gem.ts';
import type { GemRecords } from '../../harness/run.ts';
import type { RecordList, RecordOf } from '../../harness/lists.ts';
import type { Mutant } from '../../harness/rule.ts';

/**
 * A connector that shows the items of one list wrongly.
 *
 * @param change makes the wrong item from the right one and Gem's records; it may change the item that it gets
 */
export function showsWrong<Name extends ListName>(
  name: string,
  list: Name,
  change: (item: ItemOf[Name], gem: GemRecords) => ItemOf[Name],
): Mutant {
  return changesList(name, list, (items, gem) => items.map((item) => change(copyOf(item), gem)));
}

/** A connector that shows a team's own fields of an item as they were when it showed the item for the first time. */
export function ownFieldsStay(name: string, list: 'jobs' | 'applications'): Mutant {
  return {
    name,
    onlyShows: true,
    break(connector, read) {
      const seen = new Map<string, ItemOf['jobs']['integration_fields']>();
      const { break: wrap } = showsWrong(name, list, (item) => {
        const own = seen.get(item.id) ?? item.integration_fields.filter(({ type }) => type === 'CUSTOM');
        seen.set(item.id, own);
        const others = item.integration_fields.filter(({ type }) => type !== 'CUSTOM');
        return { ...item, integration_fields: [...others, ...own] };
      });
      return wrap(connector, read);
    },
  };
}

/** A copy of JSON; `structuredClone` takes several times as long. */
function copyOf<Value>(value: Value): Value;
function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf);
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) copy[key] = copyOf(inner);
  return copy;
}

/** A connector that shows the wrong items in one list. */
export function changesList<Name extends ListName>(
  name: string,
  list: Name,
  change: (items: ItemOf[Name][], gem: GemRecords, query: Readonly<Record<string, string>>) => ItemOf[Name][],
): Mutant {
  return {
    name,
    onlyShows: true,
    break: (connector, read = readGem) =>
      wrapConnector(connector, {
        async list(account, asked, query) {
          const items = await connector.list(account, asked, query);
          if (!isList(asked, list)) return items;
          // `change` is typed for this list.
          return change(
            items as unknown as ItemOf[Name][],
            await read(account),
            query,
          ) as unknown as typeof items;
        },
      }),
  };
}

/** A connector that performs actions wrongly: `act` gets the call, and the right connector to use. */
export function actsWrong(
  name: string,
  operations: readonly string[],
  act: (call: ActionCall, right: RightConnector) => Promise<ActionAnswer>,
): Mutant {
  return {
    name,
    break: (connector) =>
      wrapConnector(connector, {
        act: (account, call) =>
          operations.includes(call.operation)
            ? act(call, {
                account,
                act: (changed = call) => connector.act(account, changed),
                list: (list) => connector.list(account, list, {}),
                gem: (operation, more) => callGem(account, operation, more),
              })
            : connector.act(account, call),
      }),
  };
}

/** The right connector, for a mutant to use. */
export interface RightConnector {
  account: Account;
  /** The right connector's action. */
  act(call?: ActionCall): Promise<ActionAnswer>;
  /** A list of the right connector. */
  list<Name extends ListName>(list: Name): Promise<ItemOf[Name][]>;
  /** Calls Gem directly, without the connector. */
  gem(operation: string, more?: { path?: Record<string, string>; body?: unknown }): Promise<Response>;
}

/** A connector that syncs wrongly. Each run gets a new `sync`, so it may keep a state. */
export function syncsWrong(
  name: string,
  make: (connector: Adapter) => (account: Account, type: SyncType) => Promise<void>,
): Mutant {
  return { name, break: (connector) => wrapConnector(connector, { sync: make(connector) }) };
}

/** The connector with some of its functions replaced. */
export function wrapConnector(connector: Adapter, other: Partial<Adapter>): Adapter {
  return {
    ...(connector.covers && { covers: connector.covers }),
    sync: (account, type) => connector.sync(account, type),
    list: (account, list, query) => connector.list(account, list, query),
    act: (account, call) => connector.act(account, call),
    close: async () => connector.close?.(),
    ...other,
  };
}

/** @returns the record at Gem of an item */
export function gemRecord<List extends RecordList>(
  gem: GemRecords,
  list: List,
  remoteId: string | null,
): RecordOf[List] | undefined {
  const records: readonly RecordOf[List][] = gem[list];
  return records.find(({ id }) => id === remoteId);
}

function isList(asked: ListName, list: ListName): boolean {
  return asked === list;
}

async function callGem(
  { url, apiKey, applicationSecret }: Account,
  operation: string,
  { path, body }: { path?: Record<string, string>; body?: unknown } = {},
): Promise<Response> {
  const found = gemDescription.operations.get(operation);
  if (!found) throw new Error(`Gem has no operation ${operation}`);
  return fetch(`${url}${fillPath(found.path, path)}`, {
    method: found.method.toUpperCase(),
    headers: {
      'X-API-Key': apiKey,
      'X-Application-Secret': applicationSecret,
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

/**
 * A connector that shows wrong values and filters by them as well, as one does that stores them wrongly.
 *
 * @param filter the query parameter that filters by the value
 */
export function filtersToo(
  mutant: Mutant,
  filter: string,
  valueOf: (item: ItemOf[ListName]) => string | null | undefined,
): Mutant {
  return {
    ...mutant,
    break(connector, readGem) {
      const wrong = mutant.break(connector, readGem);
      return wrapConnector(wrong, {
        async list(account, list, { [filter]: asked, ...query }) {
          const items = await wrong.list(account, list, query);
          const values = asked?.toLowerCase().split(',');
          return values ? items.filter((item) => values.includes(valueOf(item)?.toLowerCase() ?? '')) : items;
        },
      });
    },
  };
}

/** An item with one field changed, both as a custom and as an integration field. */
export function withField<Item extends ItemOf['jobs'] | ItemOf['applications']>(
  item: Item,
  key: string,
  change: (value: unknown) => unknown,
): Item {
  return {
    ...item,
    custom_fields: { ...item.custom_fields, [key]: change(item.custom_fields?.[key]) },
    integration_fields: item.integration_fields.map((field) =>
      field.key === key && field.type === 'DEFAULT' ? { ...field, value: change(field.value) } : field,
    ),
  };
}
