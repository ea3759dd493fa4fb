// `mock-gem/client`: steers an emulator that runs in another process.
import { fillPath } from '../../contracts/calls.ts';
import { ControlRefused, createCall, type Transport } from './call.ts';
import { MockGemControl } from './mock-gem-control.ts';

export type { ControlSchemas } from '../../contracts/control.ts';
export type { ScenarioReference } from '../../seeds/index.ts';
export { ControlRefused, type AnswerOf, type CallOptions, type ControlOperationId } from './call.ts';
export { MockGemControl, type NewWorld } from './mock-gem-control.ts';
export { SteeredWorld } from './steered-world.ts';

/**
 * Makes a client for the control API of a running emulator.
 *
 * ```ts
 * const gem = connectToMockGem('http://127.0.0.1:4010');
 * const world = await gem.openWorld({ scenario: 'default' });
 * await world.edit({ do: 'create', resource: 'jobs', as: 'my-job' });
 * ```
 *
 * @param url where the emulator listens
 */
export function connectToMockGem(
  url: string,
  { token }: { token?: string | undefined } = {},
): MockGemControl {
  const base = url.replace(/\/+$/, '');
  return new MockGemControl(createCall(createHttpTransport(base, token)), base);
}

function createHttpTransport(base: string, token: string | undefined): Transport {
  return async (operation, { path = {}, query = {}, body }) => {
    const target = new URL(base + fillPath(operation.path, path));
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) target.searchParams.set(name, String(value));
    }
    const response = await fetch(target, {
      method: operation.method.toUpperCase(),
      redirect: 'error',
      headers: {
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const answer = text === '' ? undefined : readJson(text);
    if (!response.ok) throw new ControlRefused(operation.id, response.status, answer);
    return answer;
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
