import type { ControlOperations } from '../../../contracts/control.ts';
import type { Handlers } from '../../../contracts/server/mount.ts';
import type { ControlContext } from '../context.ts';
import { clockHandlers } from './clock.ts';
import { faultHandlers } from './faults.ts';
import { providerStateHandlers } from './provider-states.ts';
import { recordHandlers } from './records.ts';
import { requestHandlers } from './requests.ts';
import { scenarioHandlers } from './scenarios.ts';
import { serverHandlers } from './server.ts';
import { simulationHandlers } from './simulation.ts';
import { snapshotHandlers } from './snapshots.ts';
import { stateHandlers } from './state.ts';
import { timelineHandlers } from './timeline.ts';
import { worldHandlers } from './worlds.ts';

/** Every operation of the control API, in the order of its description's groups. */
export const controlHandlers: Handlers<ControlOperations, ControlContext> = {
  ...serverHandlers,
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
};
