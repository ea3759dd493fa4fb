import { inSlices } from '../../machine/slices.ts';
import { openSnapshotInSlices, snapshotInSteps } from '../../snapshots/snapshot.ts';
import { lifetimeOf, settle, tellOfServer, worldOf, type ControlHandlers } from '../context.ts';
import { ControlProblem, noSuch } from '../problems.ts';
import { newKey, toWorld } from './worlds.ts';

export const snapshotHandlers: ControlHandlers<
  'listSnapshots' | 'saveSnapshot' | 'loadSnapshot' | 'deleteSnapshot'
> = {
  listSnapshots: async (_request, { snapshots }) => ({
    status: 200,
    body: { snapshots: await snapshots.list() },
  }),

  async saveSnapshot({ path, body }, context) {
    const snapshot = await settle(context, body.world, () =>
      inSlices(snapshotInSteps(worldOf(context, body.world))),
    );
    const summary = await context.snapshots.save(path.snapshot, snapshot);
    tellOfServer(context, 'saveSnapshot');
    return { status: 200, body: summary };
  },

  async loadSnapshot({ path, body }, context) {
    const key = body?.key ?? newKey();
    const stillOfUse = lifetimeOf(context, key);
    const snapshot = await context.snapshots.load(path.snapshot).catch((error: unknown) => {
      if (error instanceof ControlProblem) throw error;
      throw new ControlProblem(409, error instanceof Error ? error.message : String(error));
    });
    if (!snapshot) throw noSuch('snapshot', path.snapshot);
    const world = await openSnapshotInSlices(context.worlds, key, snapshot, stillOfUse);
    return { status: 201, body: toWorld(context, world) };
  },

  async deleteSnapshot({ path }, context) {
    if (!(await context.snapshots.delete(path.snapshot))) throw noSuch('snapshot', path.snapshot);
    tellOfServer(context, 'deleteSnapshot');
    return { status: 204, body: undefined };
  },
};
