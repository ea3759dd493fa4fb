// One interaction between the connector and Gem. Its method and path come from the description, by the operation's id.
import { MatchersV3, type PactV3, type V3Request } from '@pact-foundation/pact';
import type { OperationId } from '../../../../connector/gem/call-types.ts';
import { createGemClient, type GemClient } from '../../../../connector/gem/client.ts';
import { gemDescription } from '../../../../contracts/gem.ts';
import { pathWithValues, type StateValue } from './state-values.ts';
import { examples, injected, type ValueName } from './gem-state.ts';

export interface Exchange {
  operation: OperationId;
  /** What it is about; with the operation's id before it, no other interaction may be called so. */
  about: string;
  /** A scenario, or one of the emulator's preparations; null for an interaction that needs none. */
  state?: string | null;
  /** The path's parameters: values of the state, or texts that stand for nothing. */
  path?: Readonly<Record<string, ValueName | 'unknown'>>;
  query?: Readonly<Record<string, string | StateValue>>;
  headers?: Readonly<Record<string, string>>;
  body?: unknown;
  /** A file that is sent in place of a body. */
  upload?: string;
  answer: { status: number; body?: unknown; contentType?: string };
}

/** Adds interactions to a part of a pact. */
export function expecting(pact: PactV3, ...exchanges: readonly Exchange[]): PactV3 {
  for (const exchange of exchanges) expectOne(pact, exchange);
  return pact;
}

/** Lets code of the connector's talk to the part's own server; nothing is tried twice there. */
export async function talk(
  pact: PactV3,
  use: (gem: GemClient) => Promise<void>,
  options: { apiKey?: string; applicationSecret?: string } = {},
): Promise<void> {
  await pact.executeTest(({ url }) =>
    use(createGemClient({ url, apiKey: examples.api_key, retry: { limit: 0 }, ...options })),
  );
}

function expectOne(pact: PactV3, exchange: Exchange): void {
  const { operation, about, state = 'default', path = {}, query, headers, body, upload, answer } = exchange;
  if (state !== null) pact.given(state);
  pact.uponReceiving(`${operation}: ${about}`);
  const request: V3Request = {
    method: gemDescription.operations.get(operation)?.method.toUpperCase() ?? '',
    path: pathWithValues(gemDescription.operations.get(operation)?.path ?? '', path, examples),
    headers: {
      'X-API-Key': injected('api_key'),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(query && { query: { ...query } }),
  };
  if (upload !== undefined) {
    pact.withRequestMultipartFileUpload(request, 'application/pdf', upload, 'resume_file', 'a-boundary');
  } else {
    pact.withRequest({ ...request, ...(body !== undefined && { body: toTemplate(body) }) });
  }
  const { status, contentType = 'application/json' } = answer;
  pact.willRespondWith({
    status,
    headers: { 'Content-Type': MatchersV3.regex(`^${contentType}(;.*)?$`, contentType) },
    ...(answer.body !== undefined && { body: toTemplate(answer.body) }),
  });
}

/** Any JSON with matchers in it, which Pact's own type does not admit wherever they may stand. */
function toTemplate(body: unknown): NonNullable<V3Request['body']> {
  return body as NonNullable<V3Request['body']>;
}
