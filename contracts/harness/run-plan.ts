import { fillPath } from '../calls.ts';
import { unifiedDescription } from '../unified.ts';
import type { Account, ActionAnswer } from './adapter.ts';
import type { Action } from './case.ts';
import type { ItemOf } from './lists.ts';
import { attempt, ConnectorFailed, describeValue, withCallLimit } from './connector-failure.ts';
import { gemIdsOf, labelIds, resolveLabels, type LabelIds } from './labels.ts';
import type { EmulatedWorld, Target } from './target.ts';
import type { ActionResult, Run, GemRecords } from './run.ts';
import type { Plan } from './merge-cases.ts';
import { readGem as readFromGem } from './read-gem.ts';
import { readVaried } from './read-varied.ts';
import type { NamedForms } from './smallest-variation.ts';
import type { Ask } from './rule.ts';
import { base, toDocument } from './scenario-document.ts';
import { listItems, WorldLife, type ConnectedAccount } from './world-life.ts';

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
    const inTurn = takeTurns(listsAtOnce);
    const ask: Ask = { list: (name, query = {}) => inTurn(() => listItems(connector, account, name, query)) };
    return await judge(run, ask);
  } catch (error) {
    if (error instanceof ConnectorFailed) error.plan ??= plan;
    throw error;
  } finally {
    await world.drop();
  }
}

/** Lists of an account that are asked for at once. Rules ask for dozens, and what waits behind them would run into its limit. */
const listsAtOnce = 4;

/** Lets so many pieces of work be under way at once; others wait for their turn, in their order. */
function takeTurns(atOnce: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  const waiting: (() => void)[] = [];
  let free = atOnce;
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}

async function runSteps(world: EmulatedWorld, connected: ConnectedAccount, plan: Plan): Promise<Run> {
  const life = new WorldLife(world, connected);
  const { first, again, last } = await life.live(plan);
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
  const after = results.length === 0 ? last : await life.syncAndRead('DELTA', 'the actions');
  const { actingUserId } = connected.account;
  return { states: life.states, first, again, last, results, after, ids, actingUserId };
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
  const { edits = [], faults = [] } = action;
  if (edits.length > 0) await world.edit(...edits);
  const mark = await world.mark();
  for (const fault of faults) await world.faults.arm(fault);
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
  if (faults.length > 0) await world.faults.clear();
  const changes = await world.changes(mark);
  return {
    action,
    title: `of the rule ${rule}`,
    sent: { path, body },
    status: answer.status,
    answer: answer.body,
    changes,
    requests: await world.requests.list(lastRequest),
    shown: await readTouched({ account, connector }, changes, shown),
  };
}

/**
 * The lists after an action. Only what the action touched is asked for again, where the connector can be asked so: reading all
 * of it after each action takes longer than everything else.
 */
async function readTouched(
  { account, connector }: Pick<ConnectedAccount, 'account' | 'connector'>,
  { created, changed, deleted }: ActionResult['changes'],
  shown: ActionResult['shown'],
): Promise<ActionResult['shown']> {
  const touched = [...created, ...changed, ...deleted];
  if (touched.length === 0) return shown;
  const idsOf = (name: 'candidates' | 'applications') =>
    touched.filter(({ resource }) => resource === name).map(({ id }) => id);
  const read = async <Name extends 'candidates' | 'applications'>(
    name: Name,
    ids: readonly string[],
  ): Promise<readonly ItemOf[Name][]> => {
    if (connector.covers?.includes('filters') === false) return listItems(connector, account, name, {});
    const before: readonly ItemOf[Name][] = shown[name];
    if (ids.length === 0) return before;
    const fresh = await listItems(connector, account, name, { remote_ids: ids.join(',') });
    return before.filter(({ remote_id: id }) => id === null || !ids.includes(id)).concat(fresh);
  };
  const applications = await read('applications', idsOf('applications'));
  // Applications stand within their candidate, whose own record at Gem an application need not change.
  const touchedApplications = new Set<string | null>(idsOf('applications'));
  const candidates = new Set(idsOf('candidates'));
  for (const { remote_id: id, candidate } of [...shown.applications, ...applications]) {
    const owner = touchedApplications.has(id) ? candidate?.remote_id : undefined;
    if (typeof owner === 'string') candidates.add(owner);
  }
  return { applications, candidates: await read('candidates', [...candidates]) };
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
