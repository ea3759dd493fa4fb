import { inSlices } from '../../machine/slices.ts';
import { worldOf, type ControlHandlers } from '../context.ts';
import { ControlProblem, notValid } from '../problems.ts';

export const stateHandlers: ControlHandlers<'markState' | 'getChanges'> = {
  markState({ path, body }, context) {
    const { marks } = worldOf(context, path.world);
    // How the world began has this name already.
    if (body?.name === 'start') throw notValid('body.name', '"start" is taken; choose another name');
    return { status: 201, body: { name: marks.mark(body?.name) } };
  },

  async getChanges({ path, query }, context) {
    const { marks } = worldOf(context, path.world);
    const { since } = query;
    const isKnown = since === undefined || marks.names().includes(since);
    try {
      return { status: 200, body: await inSlices(marks.changesInSteps(since)) };
    } catch (error) {
      if (isKnown || !(error instanceof Error)) throw error;
      throw new ControlProblem(404, error.message);
    }
  },
};
