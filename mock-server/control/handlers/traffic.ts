// What clients ask, and what goes wrong on the way: faults, the requests of worlds, and those with unknown keys.
import { worldOf, type ControlHandlers } from '../context.ts';
import { noSuch } from '../problems.ts';
import type { ControlSchemas } from '../../../contracts/control.ts';
import type { RequestLog } from '../../requests/request-log.ts';

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
  'listRequests' | 'findRequests' | 'clearRequests' | 'listUnknownKeyRequests' | 'clearUnknownKeyRequests'
> = {
  listRequests: ({ path, query }, context) => ({
    status: 200,
    body: toRequestList(worldOf(context, path.world).log, query.after),
  }),

  findRequests: ({ path, body = {} }, context) => ({
    status: 200,
    body: worldOf(context, path.world).log.find(body),
  }),

  clearRequests({ path }, context) {
    worldOf(context, path.world).log.clear();
    return { status: 204, body: undefined };
  },

  listUnknownKeyRequests: ({ query }, { unknownKeyRequests }) => ({
    status: 200,
    body: toRequestList(unknownKeyRequests, query.after),
  }),

  clearUnknownKeyRequests(_request, { unknownKeyRequests }) {
    unknownKeyRequests.clear();
    return { status: 204, body: undefined };
  },
};

/** What a log remembers of the requests after a number. */
function toRequestList(log: RequestLog, after = 0): ControlSchemas['RequestList'] {
  return { count: log.count, requests: log.entries().filter(({ number }) => number > after) };
}
