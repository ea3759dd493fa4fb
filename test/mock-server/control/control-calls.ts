// What has to be there for the examples of the control API's description to be answered.
import type { Operation } from '../../../contracts/description.ts';
import type { MockGem } from '../../../mock-server/server.ts';

/** The key of the world that operations are tried on; the first world cannot be dropped. */
const key = 'ControlExamplesControlExamplesControl001';

/**
 * Makes the world, snapshot, fault, request and label that the examples speak of.
 *
 * @returns the body to send where the example in the description cannot be sent as it is
 */
export async function prepareWorld(
  { control, url }: MockGem,
  { id }: Operation,
): Promise<string | undefined> {
  const world = await control.openWorld({ key, scenario: 'empty' });
  await world.edit({ do: 'create', resource: 'jobs', as: 'some-job' });
  await world.save('before-migration');
  await world.fetch('/ats/v0/jobs/');
  if (id === 'getUnknownKeyRequest') await fetch(`${url}/ats/v0/jobs/`);
  if (id === 'disarmFault') {
    for (const fault of await world.faults.list()) await world.faults.disarm(fault.id);
    await world.faults.arm({ fault: 'status', status: 503 });
  }
  return id === 'importWorld' ? JSON.stringify(await world.export()) : undefined;
}

/** The path of an operation with names that lead to something. */
export function pathOf(operation: Operation): string {
  const names: Record<string, string> = {
    world: key,
    scenario: 'default',
    snapshot: 'before-migration',
    resource: 'jobs',
    record: 'some-job',
    fault: 'fault-1',
    number: '1',
  };
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => names[name] ?? '');
  return isStream(operation) ? `${path}?wait=false` : path;
}

/** Whether an operation answers with events as they happen. */
export function isStream({ parameters }: Operation): boolean {
  return parameters.some(({ name }) => name === 'wait');
}
