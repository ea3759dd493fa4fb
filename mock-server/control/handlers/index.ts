import type { ControlOperations } from '../../../contracts/control.ts';
import type { Handlers } from '../../../contracts/server/mount.ts';
import type { ControlContext } from '../context.ts';
import { clockHandlers, simulationHandlers, timelineHandlers } from './time.ts';
import { faultHandlers, requestHandlers } from './traffic.ts';
import { providerStateHandlers } from './provider-states.ts';
import { recordHandlers, stateHandlers } from './records.ts';
import { scenarioHandlers } from './scenarios.ts';
import { worldHandlers } from './worlds.ts';
import { snapshotHandlers } from './snapshots.ts';
import { watchHandlers } from './watch.ts';

/** Every operation of the control API, in the order of its description's groups. */
export const controlHandlers: Handlers<ControlOperations, ControlContext> = {
  ...worldHandlers,
  ...providerStateHandlers,
  ...scenarioHandlers,
  ...snapshotHandlers,
  ...clockHandlers,
  ...recordHandlers,
  ...timelineHandlers,
  ...simulationHandlers,
  ...faultHandlers,
  ...requestHandlers,
  ...stateHandlers,
  ...watchHandlers,
};
