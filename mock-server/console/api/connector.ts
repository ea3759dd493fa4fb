import { unified } from 'virtual:operations';
import type { AnswerOf, CallArguments } from '../../../contracts/calls.ts';
import type { components, operations } from '../../../contracts/generated/unified.ts';
import { call, isObject, type CallParts } from './call.ts';

export type Unified = components['schemas'];

/**
 * Calls an operation of the connector, with the types of its description. The emulator passes it on with the connector's key,
 * which the browser never learns.
 *
 * @param integration which account it is about, where it is about one
 * @throws Refused
 */
export async function askConnector<Id extends keyof operations>(
  id: Id,
  integration: string | undefined,
  ...options: CallArguments<operations[Id]>
): Promise<AnswerOf<operations[Id], 200>> {
  const [method, path] = unified[id] ?? ['GET', '/'];
  const [parts]: readonly unknown[] = options;
  const headers = integration === undefined ? {} : { 'X-Integration-Id': integration };
  const given = { ...((parts ?? {}) as CallParts), headers };
  return (await call(method, `/_console/connector${path}`, given)) as AnswerOf<operations[Id], 200>;
}

/** The account that the connector was started with, or else its first; undefined where there is no connector or no account. */
export async function theIntegration(): Promise<string | undefined> {
  const settings = await call('GET', '/_console/settings', {});
  const connector = isObject(settings) ? settings['connector'] : null;
  if (!isObject(connector)) return undefined;
  if (typeof connector['integration_id'] === 'string') return connector['integration_id'];
  const { data } = await askConnector('getIntegrations', undefined);
  return data.results[0]?.id;
}
