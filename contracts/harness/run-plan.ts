import { fillPath } from '../calls.ts';
import { unifiedDescription } from '../unified.ts';
import type { Account, ActionAnswer, Adapter } from './adapter.ts';
import { listNames, type ItemOf, type ListName } from './lists.ts';
import type { Action } from './case.ts';
import { attempt, ConnectorFailed, describeValue, withCallLimit } from './connector-failure.ts';
import { gemIdsOf, labelIds, resolveLabels, type LabelIds } from './labels.ts';
import type { EmulatedWorld, Target } from './target.ts';
import type { ActionResult, Run, GemRecords, State, UnifiedItems } from './run.ts';
import type { Plan } from './merge-cases.ts';
import { readGem as readFromGem } from './read-gem.ts';
import { readVaried } from './read-varied.ts';
import type { NamedForms } from './smallest-variation.ts';
import type { Ask } from './rule.ts';
import { base, toDocument } from './scenario-document.ts';

/** What one run takes. */
export interface RunOptions extends Target {
  /** Reads what Gem shows; from Gem itself when left out. */
  readGem?: ((account: Account) => Promise<GemRecords>) | undefined;
  /** The guesses that take another form than by default. */
  variation?: NamedForms | undefined;
}

/**
 * Makes a world, lets the connector sync it and perform actions, and hands the run to `judge`. The world is dropped
 * afterwards.
 *
 * @throws ConnectorFailed when the connector cannot do what it is asked for
 */
export async function runPlan<Verdict>(
  { gem, applicationSecret, connector: asked, readGem = readFromGem, variation = {}, callLimit }: RunOptions,
  plan: Plan,
  judge: (run: Run, ask: Ask) => Promise<Verdict>,
): Promise<Verdict> {
  const connector = callLimit === undefined ? asked : withCallLimit(asked, Math.round(callLimit));
  const world = await gem.openWorld({
    document: toDocument(plan),
    seed: 'harness',
    switches: { rate_limit: 'off', variation },
  });
  try {
    const account = await accountOf(world, applicationSecret);
    const isVaried = Object.keys(variation).length > 0;
    const readKnown = isVaried ? () => readVaried(world, account, variation, readGem) : readGem;
    const run = await runSteps(world, { account, connector, readGem: readKnown }, plan);
    const ask: Ask = { list: (name, query = {}) => list(connector, account, name, query) };
    return await judge(run, ask);
  } catch (error) {
    if (error instanceof ConnectorFailed) error.plan ??= plan;
    throw error;
  } finally {
    await world.drop();
  }
}

async function runSteps(world: EmulatedWorld, connected: ConnectedAccount, plan: Plan): Promise<Run> {
  const { account, connector } = connected;
  const sync = (type: 'FULL' | 'DELTA') => attempt(`a ${type} sync`, () => connector.sync(account, type));
  const read = () => readState(connected);

  await sync('FULL');
  const first = await read();
  // A brief plan is about its actions alone.
  const { again, delta, last } = plan.isBrief
    ? { again: first, delta: first, last: first }
    : await syncAndEdit(world, plan, sync, read);
  const ids = gemIdsOf(await world.labels());
  const labelled = labelIds(ids, last.unified);
  const results: ActionResult[] = [];
  let lastRequest = plan.actions.length > 0 ? ((await world.requests.list()).at(-1)?.number ?? 0) : 0;
  for (const { action, rule } of plan.actions) {
    const { shown } = results.at(-1) ?? { shown: last.unified };
    const result = await performAction(world, connected, { action, rule, labelled, lastRequest, shown });
    lastRequest = result.requests.at(-1)?.number ?? lastRequest;
    results.push(result);
  }
  const { actingUserId } = account;
  const run = { first, again, delta, last, results, ids, actingUserId };
  if (results.length === 0) return { ...run, after: last };
  await sync('DELTA');
  return { ...run, after: await read() };
}

/** Syncs again, lets recruiters work, and syncs twice more. */
async function syncAndEdit(
  world: EmulatedWorld,
  { edits }: Plan,
  sync: (type: 'FULL' | 'DELTA') => Promise<void>,
  read: () => Promise<State>,
): Promise<Pick<Run, 'again' | 'delta' | 'last'>> {
  await sync('FULL');
  const again = await read();
  if (edits.length > 0) await world.edit(...edits);
  await sync('DELTA');
  const delta = await read();
  await sync('FULL');
  return { again, delta, last: await read() };
}

/** An account, the connector that reads it, and how it is read from Gem itself. */
interface ConnectedAccount {
  account: Account;
  connector: Adapter;
  readGem: (account: Account) => Promise<GemRecords>;
}

async function readState({ account, connector, readGem }: ConnectedAccount): Promise<State> {
  return {
    lists: coveredLists(connector),
    gem: await readGem(account),
    unified: await readLists(connector, account, {}),
    withDeleted: await readLists(connector, account, { include_deleted: 'true' }),
  };
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
    lists[name] = covered.includes(name) ? await list(connector, account, name, query) : [];
  }
  // Each list stands under its own name.
  return lists as unknown as UnifiedItems;
}

function list<Name extends ListName>(
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

async function performAction(
  world: EmulatedWorld,
  { account, connector }: ConnectedAccount,
  { action, rule, labelled, lastRequest, shown }: ActionStep,
): Promise<ActionResult> {
  const operation = unifiedDescription.operations.get(action.operation);
  if (!operation)
    throw new Error(`the rule ${rule} asks for ${action.operation}, which the unified API does not have`);
  const path = Object.fromEntries(
    Object.entries(action.path ?? {}).map(([name, value]) => [
      name,
      String(resolveLabels({ unified: value }, labelled)),
    ]),
  );
  const body = resolveLabels(action.body, labelled);
  const mark = await world.mark();
  const answer = await attempt(action.operation, async () => {
    const given: unknown = await connector.act(account, {
      operation: action.operation,
      method: operation.method.toUpperCase(),
      path: fillPath(operation.path, path),
      body,
    });
    if (isAnswer(given)) return given;
    throw new Error(`it gave ${describeValue(given)}, and no status`);
  });
  const changes = await world.changes(mark);
  const isWritten = Object.values(changes).some((records) => records.length > 0);
  return {
    action,
    title: `of the rule ${rule}`,
    sent: { path, body },
    status: answer.status,
    answer: answer.body,
    changes,
    requests: await world.requests.list(lastRequest),
    shown: isWritten
      ? {
          candidates: await list(connector, account, 'candidates', {}),
          applications: await list(connector, account, 'applications', {}),
        }
      : shown,
  };
}

function isAnswer(given: unknown): given is ActionAnswer {
  return typeof given === 'object' && given !== null && 'status' in given && typeof given.status === 'number';
}

/** The next action, and what there was before it. */
interface ActionStep {
  action: Action;
  /** The rule whose case asks for it. */
  rule: string;
  labelled: LabelIds;
  /** The number of the last request that was made of Gem. */
  lastRequest: number;
  shown: ActionResult['shown'];
}

async function accountOf(world: EmulatedWorld, applicationSecret: string): Promise<Account> {
  const { company } = await world.state();
  const actingUserId = gemIdsOf(await world.labels()).get(actor);
  if (actingUserId === undefined) throw new Error(`the scenario ${base} has nobody called ${actor}`);
  return { url: world.url, apiKey: world.key, applicationSecret, jobBoard: company.vanity, actingUserId };
}

/** The user in whose name the connector writes: a label of the scenario that all worlds start from. */
const actor = 'paula';
