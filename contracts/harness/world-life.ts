// The life of one world: syncs, and what recruiters do between them.
import { describeFault, type Fault } from './case.ts';
import { attempt, ConnectorFailed, describeValue } from './connector-failure.ts';
import { listNames, type ItemOf, type ListName } from './lists.ts';
import type { Account, Adapter, SyncType } from './adapter.ts';
import type { Plan, Round } from './merge-cases.ts';
import type { GemRecords, Run, State, UnifiedItems } from './run.ts';
import type { EmulatedWorld } from './target.ts';

/** An account, the connector that reads it, and how it is read from Gem itself. */
export interface ConnectedAccount {
  account: Account;
  connector: Adapter;
  readGem: (account: Account) => Promise<GemRecords>;
}

/** Lets a world live, and keeps what was seen of it. */
export class WorldLife {
  /** What was seen so far, right after each sync. */
  readonly states: State[] = [];
  readonly #world: EmulatedWorld;
  readonly #connected: ConnectedAccount;

  constructor(world: EmulatedWorld, connected: ConnectedAccount) {
    this.#world = world;
    this.#connected = connected;
  }

  /**
   * Syncs twice, and then after each round of what recruiters do. A full sync follows the first round and the last one, so
   * that it is seen what a delta sync does after a full one, and what it does after another one.
   */
  async live({
    rounds,
    cases,
    syncFaults,
    isBrief = false,
  }: Plan): Promise<Pick<Run, 'first' | 'again' | 'last'>> {
    const first = await this.syncAndRead('FULL', 'the first sync', isBrief ? [] : syncFaults.first);
    // A brief plan is about its actions alone.
    if (isBrief) return { first, again: first, last: first };
    const again = await this.syncAndRead('FULL', 'a second full sync', syncFaults.again);
    const all = rounds.length > 0 ? rounds : [{ edits: [], unseen: [] }];
    for (const [index, round] of all.entries()) {
      await this.#edit(round, cases.length > 1);
      const number = all.length === 1 ? '' : ` ${index + 1}`;
      const faults = index === 1 ? syncFaults.delta : [];
      await this.syncAndRead('DELTA', `the edits${number} and a delta sync`, faults);
      const isLast = index === all.length - 1;
      if (isLast || index === 0) await this.syncAndRead('FULL', `the edits${number} and a full sync`);
    }
    return { first, again, last: this.states.at(-1) ?? first };
  }

  /**
   * @param name what the state is called: words that go after `after`
   * @param faults what goes wrong at Gem meanwhile
   */
  async syncAndRead(sync: SyncType, name: string, faults: readonly Fault[] = []): Promise<State> {
    const { now: startedAt } = await this.#world.clock.read();
    const gone = await this.#syncUnder(sync, faults);
    const struck = gone.faults.length === 0 ? '' : `, while Gem failed (${gone.faults.join(', ')})`;
    const state = {
      name: name + struck,
      sync,
      startedAt,
      ...gone,
      ...(await readBothSides(this.#connected)),
    };
    this.states.push(state);
    return state;
  }

  /**
   * Syncs while Gem fails. A connector need not get over that, only say so: one that fails, or tells that it could not read
   * everything, may sync once more while Gem is well.
   */
  async #syncUnder(
    sync: SyncType,
    faults: readonly Fault[],
  ): Promise<Pick<State, 'faults' | 'failure' | 'afterFailure'>> {
    const { account, connector } = this.#connected;
    const syncOnce = () => attempt(`a ${sync} sync`, () => connector.sync(account, sync));
    if (faults.length === 0) {
      await syncOnce();
      return { faults: [], failure: undefined, afterFailure: undefined };
    }
    const { faults: control } = this.#world;
    for (const fault of faults) await control.arm(fault);
    let failure: string | undefined;
    try {
      if ((await syncOnce()) === 'partly') failure = 'it could not read everything';
    } catch (error) {
      if (!(error instanceof ConnectorFailed)) throw error;
      failure = error.message;
    }
    const struck = (await control.list()).filter((armed) => armed.struck > 0);
    await control.clear();
    // Before a first sync that went well a connector may show nothing, and say so by refusing.
    const wasShown = this.states.length > 0;
    const afterFailure =
      failure !== undefined && wasShown ? await readLists(connector, account, {}) : undefined;
    if (failure !== undefined) await syncOnce();
    return { faults: struck.map(({ fault }) => describeFault(fault)), failure, afterFailure };
  }

  /** @param isShared whether several cases share the world: what one deletes may be what another names */
  async #edit({ edits, unseen }: Round, isShared: boolean): Promise<void> {
    if (edits.length > 0) await (isShared ? this.#editWhatCanBe(edits) : this.#world.edit(...edits));
    const { startedAt } = this.states.at(-1) ?? {};
    if (unseen.length === 0 || startedAt === undefined) return;
    const { clock } = this.#world;
    const { now } = await clock.read();
    await clock.set(new Date(Date.parse(startedAt) - delay).toISOString());
    await this.#world.edit(...unseen);
    await clock.set(now);
  }

  /** Makes all edits, or when one is refused, all others. */
  async #editWhatCanBe(edits: Round['edits']): Promise<void> {
    try {
      await this.#world.edit(...edits);
    } catch {
      for (const edit of edits) await this.#world.edit(edit).catch(() => undefined);
    }
  }
}

/**
 * Milliseconds by which a change shows later than Gem notes it. The `Date` of an answer has whole seconds, so that less would
 * say nothing.
 */
const delay = 3000;

async function readBothSides({
  account,
  connector,
  readGem,
}: ConnectedAccount): Promise<Pick<State, 'lists' | 'gem' | 'unified' | 'withDeleted'>> {
  // One list of the connector after the other: it may throttle its callers.
  const readUnified = async () => ({
    unified: await readLists(connector, account, {}),
    withDeleted: await readLists(connector, account, { include_deleted: 'true' }),
  });
  const [gem, shown] = await Promise.all([readGem(account), readUnified()]);
  return { lists: coveredLists(connector), gem, ...shown };
}

/** The lists of which a connector covers something; all when it says nothing. */
function coveredLists({ covers }: Adapter): ListName[] {
  return listNames.filter((list) => covers?.some((need) => need.startsWith(`${list}.`)) ?? true);
}

async function readLists(
  connector: Adapter,
  account: Account,
  query: Record<string, string>,
): Promise<UnifiedItems> {
  const lists: Partial<Record<ListName, unknown>> = {};
  const covered = coveredLists(connector);
  for (const name of listNames) {
    lists[name] = covered.includes(name) ? await listItems(connector, account, name, query) : [];
  }
  // Each list stands under its own name.
  return lists as unknown as UnifiedItems;
}

/** All items of a list. @throws ConnectorFailed when it gives no list */
export function listItems<Name extends ListName>(
  connector: Adapter,
  account: Account,
  name: Name,
  query: Readonly<Record<string, string>>,
): Promise<ItemOf[Name][]> {
  return attempt(`the list ${name}`, async () => {
    const items: unknown = await connector.list(account, name, query);
    if (!Array.isArray(items)) throw new Error(`it gave ${describeValue(items)}, and no list`);
    // Items that do not follow the unified description are left to the rules.
    return items;
  });
}
