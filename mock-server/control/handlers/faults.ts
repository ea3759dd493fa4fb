import { worldOf, type ControlHandlers } from '../context.ts';
import { noSuch } from '../problems.ts';

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
