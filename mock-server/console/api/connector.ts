import { signal } from '@preact/signals';
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

/** The connector that the console shows; null where there is none, undefined until the server has said so. */
export const connector = signal<{ url: string; integrationId: string | undefined } | null | undefined>(
  undefined,
);

/** Which account is looked at. */
export const integration = signal<string | undefined>(undefined);

/** Asks the emulator which connector it knows. It may start later than the page. */
export async function findConnector(): Promise<void> {
  const settings = await call('GET', '/_console/settings', {});
  const known = isObject(settings) ? settings['connector'] : null;
  if (!isObject(known)) {
    connector.value = null;
    return;
  }
  const { url, integration_id: id } = known;
  const integrationId = typeof id === 'string' ? id : undefined;
  connector.value = { url: String(url), integrationId };
  integration.value ??= integrationId;
}

/** The account that is looked at: that which the connector was started with, or else its first; undefined where there is none. */
export async function theIntegration(): Promise<string | undefined> {
  await findConnector();
  if (!connector.value || integration.value !== undefined) return integration.value;
  const { data } = await askConnector('getIntegrations', undefined);
  return data.results[0]?.id;
}
