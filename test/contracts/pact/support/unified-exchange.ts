// One interaction between the official client and the connector. Its method and path come from the description.
import { Kombo } from '@kombo-api/sdk';
import { MatchersV3, type PactV3, type V3Request } from '@pact-foundation/pact';
import { unifiedDescription, type UnifiedOperations } from '../../../../contracts/unified.ts';
import { matcherFor } from './matchers.ts';
import { pathWithValues, type StateValue } from './state-values.ts';
import { examples, injected } from './unified-state.ts';

export interface UnifiedExchange {
  operation: keyof UnifiedOperations;
  /** What it is about; with the operation's id before it, no other interaction may be called so. */
  about: string;
  /** A scenario, or one of the preparations; null for an interaction that needs none. */
  state?: string | null;
  path?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string | StateValue>>;
  headers?: Readonly<Record<string, string | StateValue>>;
  body?: unknown;
  /** The body is an example, see `matcherFor`. */
  answer: { status: number; body: unknown };
  /** What a user of the client writes. */
  call: (kombo: Kombo) => PromiseLike<unknown>;
  client?: { api_key?: string; integration_id?: string };
}

/** The state of an interaction that says nothing else: an account that was synced. */
export const usualState = 'interviews-in-every-state';

/**
 * Lets the unmodified client talk to a part's own server.
 *
 * @param check is given what becomes of the call; only what it accepts is written into the pact
 */
export async function talk(
  pact: PactV3,
  exchange: UnifiedExchange,
  check: (told: Promise<unknown>) => Promise<void>,
): Promise<void> {
  expectOne(pact, exchange);
  const { api_key, integration_id } = examples;
  await pact.executeTest(({ url }) => {
    const client = { api_key, integration_id, ...exchange.client, server_url: `${url}/v1` };
    return check(Promise.resolve(exchange.call(new Kombo(client))));
  });
}

function expectOne(pact: PactV3, exchange: UnifiedExchange): void {
  const { operation: id, about, state = usualState, path = {}, query, headers, body, answer } = exchange;
  const operation = unifiedDescription.operations.get(id);
  if (!operation) throw new Error(`the description has no operation ${id}`);
  const isOfOne = operation.parameters.some(({ name }) => name === 'X-Integration-Id');
  if (state !== null) pact.given(state);
  const request: V3Request = {
    method: operation.method.toUpperCase(),
    path: pathWithValues(`/v1${operation.path}`, path, examples),
    headers: {
      Authorization: MatchersV3.fromProviderState('Bearer ${api_key}', `Bearer ${examples.api_key}`),
      ...(isOfOne && { 'X-Integration-Id': injected('integration_id') }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(query && { query: { ...query } }),
    ...(body !== undefined && { body: toTemplate(body) }),
  };
  pact
    .uponReceiving(`${id}: ${about}`)
    .withRequest(request)
    .willRespondWith({
      status: answer.status,
      headers: { 'Content-Type': MatchersV3.regex('^application/json(;.*)?$', 'application/json') },
      body: toTemplate(matcherFor(answer.body)),
    });
}

/** Any JSON with matchers in it, which Pact's own type does not admit wherever they may stand. */
function toTemplate(body: unknown): NonNullable<V3Request['body']> {
  return body as NonNullable<V3Request['body']>;
}
