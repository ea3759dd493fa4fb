import type { ControlSchemas } from '../../../contracts/control.ts';
import type { RequestLog } from '../../requests/request-log.ts';
import { worldOf, type ControlHandlers } from '../context.ts';

export const requestHandlers: ControlHandlers<'listRequests' | 'findRequests' | 'clearRequests'> = {
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
};

/** What a log remembers of the requests after a number. */
export function toRequestList(log: RequestLog, after = 0): ControlSchemas['RequestList'] {
  return { count: log.count, requests: log.entries().filter(({ number }) => number > after) };
}
