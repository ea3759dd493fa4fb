// What clients ask, and what goes wrong on the way: faults, the requests of worlds, and those with unknown keys.
import { toInstant } from '../../../contracts/clock.ts';
import type { ControlSchemas } from '../../../contracts/control.ts';
import { inSlices } from '../../machine/slices.ts';
import { mismatches } from '../../requests/matcher.ts';
import { requestInDetail } from '../../requests/request-detail.ts';
import type { Remembered, RequestLog } from '../../requests/request-log.ts';
import { SearchProblem } from '../../requests/search-terms.ts';
import { changesOfRequest } from '../../world/history.ts';
import { prepareLogSearch, searchLog } from '../../requests/search.ts';
import type { LiveWorld } from '../../worlds/live-world.ts';
import { tellOfServer, worldOf, type ControlHandlers } from '../context.ts';
import { ControlProblem, noSuch, notValid } from '../problems.ts';
import { planAgain, sendTo } from '../send-again.ts';
import { whyNoWorld } from '../why-no-world.ts';
import { newKey, toWorld } from './worlds.ts';

export const faultHandlers: ControlHandlers<'listFaults' | 'armFault' | 'disarmFault' | 'disarmFaults'> = {
  listFaults: ({ path }, context) => ({
    status: 200,
    body: { faults: worldOf(context, path.world).faults.list() },
  }),

  armFault: ({ path, body }, context) => ({
    status: 201,
    body: worldOf(context, path.world).faults.arm(body),
  }),

  disarmFault({ path }, context) {
    const { faults } = worldOf(context, path.world);
    if (!faults.list().some(({ id }) => id === path.fault)) throw noSuch('fault', path.fault);
    faults.disarm(path.fault);
    return { status: 204, body: undefined };
  },

  disarmFaults({ path }, context) {
    worldOf(context, path.world).faults.clear();
    return { status: 204, body: undefined };
  },
};

export const requestHandlers: ControlHandlers<
  | 'listRequests'
  | 'findRequests'
  | 'searchRequests'
  | 'getRequest'
  | 'getRequestChanges'
  | 'sendAgain'
  | 'clearRequests'
  | 'listUnknownKeyRequests'
  | 'searchUnknownKeyRequests'
  | 'getUnknownKeyRequest'
  | 'clearUnknownKeyRequests'
> = {
  listRequests: ({ path, query }, context) => ({
    status: 200,
    body: toRequestList(worldOf(context, path.world).log, query.after),
  }),

  findRequests: ({ path, body = {} }, context) => ({
    status: 200,
    body: worldOf(context, path.world).log.find(body),
  }),

  searchRequests({ path, query }, context) {
    const world = worldOf(context, path.world);
    return searchedPage(world.log, query, world.now());
  },

  getRequest({ path }, context) {
    const world = worldOf(context, path.world);
    const remembered = rememberedOf(world.log, path.number);
    const detail = requestInDetail(remembered, context.url);
    const missed = remembered.entry.faults.length > 0 ? [] : faultsThatMissed(world, remembered);
    return { status: 200, body: { ...detail, nearest: [...detail.nearest, ...missed] } };
  },

  getRequestChanges({ path }, context) {
    const world = worldOf(context, path.world);
    const { entry } = rememberedOf(world.log, path.number);
    const { history, labels } = world;
    const changes = changesOfRequest(history, entry.number, labels);
    const isEmpty = Object.values(changes).every(({ length }) => length === 0);
    if (isEmpty && history.hasForgotten(entry.number)) {
      throw new ControlProblem(404, `What request ${entry.number} changed is forgotten by now.`);
    }
    return { status: 200, body: changes };
  },

  async sendAgain({ path, body = { into: 'world' } }, context) {
    const world = worldOf(context, path.world);
    const plan = planAgain(rememberedOf(world.log, path.number), body);
    const isFork = body.into === 'fork';
    const target = isFork ? context.worlds.fork(newKey(), world) : world;
    try {
      const { number, status } = await sendTo(context, target, plan);
      return { status: 201, body: { world: toWorld(context, target), number, status } };
    } catch (error) {
      // Nobody is told its key.
      if (isFork) context.worlds.drop(target);
      throw error;
    }
  },

  clearRequests({ path }, context) {
    const world = worldOf(context, path.world);
    world.log.clear();
    world.history.forgetNumbers();
    world.tell({ type: 'control', operation: 'clearRequests' });
    return { status: 204, body: undefined };
  },

  listUnknownKeyRequests: ({ query }, { unknownKeyRequests }) => ({
    status: 200,
    body: toRequestList(unknownKeyRequests, query.after),
  }),

  searchUnknownKeyRequests: ({ query }, { unknownKeyRequests, clock }) =>
    searchedPage(unknownKeyRequests, query, toInstant(clock.now())),

  getUnknownKeyRequest({ path }, { unknownKeyRequests, url, worlds }) {
    const remembered = rememberedOf(unknownKeyRequests, path.number);
    const advice = whyNoWorld(remembered, worlds.unknownKeys);
    return { status: 200, body: { ...requestInDetail(remembered, url), advice } };
  },

  clearUnknownKeyRequests(_request, context) {
    context.unknownKeyRequests.clear();
    tellOfServer(context, 'clearUnknownKeyRequests');
    return { status: 204, body: undefined };
  },
};

/**
 * A page of what was searched for in a log.
 *
 * @param now by the clock that its times are of
 * @throws ControlProblem 422
 */
async function searchedPage(
  log: RequestLog,
  { q = '', before = Infinity, per_page = 50 }: { q?: string; before?: number; per_page?: number },
  now: string,
): Promise<{ status: 200; body: ControlSchemas['SearchedRequests'] }> {
  const search = { text: q, before, count: per_page, today: now.slice(0, 10) };
  const { total, requests, hasMore } = await inSlices(searchLog(log, search)).catch((error: unknown) => {
    throw error instanceof SearchProblem ? notValid('query.q', error.message) : error;
  });
  // Who looks at a log may search it next.
  void inSlices(prepareLogSearch(log));
  const [oldest] = log.remembered();
  return {
    status: 200,
    body: {
      total,
      newest: log.count,
      oldest: oldest?.entry.number ?? 0,
      next: hasMore ? (requests.at(-1)?.number ?? null) : null,
      requests,
    },
  };
}

/**
 * A request by its number.
 *
 * @throws ControlProblem 404
 */
function rememberedOf(log: RequestLog, number: number): Remembered {
  const remembered = log.get(number);
  if (remembered) return remembered;
  throw noSuch('request', String(number), number <= log.count ? '; it is forgotten by now' : ' yet');
}

/** The armed faults that nearly struck a request, and why they did not. */
function faultsThatMissed({ faults }: LiveWorld, { entry }: Remembered): string[] {
  return faults.list().flatMap(({ id, fault, spent }) => {
    const { match = {} } = fault;
    const missed = mismatches(match, entry);
    // One that has nothing in common with it is not near.
    if (spent || missed.length === 0 || missed.length >= Object.keys(match).length) return [];
    return [`${id} (${fault.fault}) did not strike: ${missed.join(' and ')}`];
  });
}

/** What a log remembers of the requests after a number. */
function toRequestList(log: RequestLog, after = 0): ControlSchemas['RequestList'] {
  return { count: log.count, requests: log.entries().filter(({ number }) => number > after) };
}
