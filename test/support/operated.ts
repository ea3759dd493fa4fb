// A connector as its operator runs it: over HTTP alone, with a Gem, a receiver of webhooks and a clock that a test moves.
import { onTestFinished } from 'vitest';
import { fixedClock, type FixedClock } from '../../contracts/clock.ts';
import type { ConnectorOptions } from '../../connector/config.ts';
import { startConnector, type Connector } from '../../connector/server.ts';
import { placeOnPostgres } from './databases.ts';
import { oneOfEach } from './gem-records.ts';
import { startStubGem, type StubGem, type StubLists } from './stub-gem.ts';

/** An answer, as far as an operator's tests look at it. */
export interface OperatedAnswer<Data> {
  status: number;
  data: Data;
  error: { code: string | null; message: string };
}

/** A running connector with one account. */
export interface Operated {
  connector: Connector;
  clock: FixedClock;
  stub: StubGem;
  integrationId: string;
  /** What the connector told its operator. */
  logged: string[];
  /** Calls the unified API. */
  call<Data>(method: string, path: string, body?: unknown): Promise<OperatedAnswer<Data>>;
  /** The items of a list of the API. */
  results<Item>(path: string): Promise<Item[]>;
}

/** The instant at which the clock of {@link operate} stands. */
export const operatedSince = '2026-06-01T00:00:00.000Z';

/**
 * Starts a connector that does its own background work, looks for it every second, and has connected an account that was
 * not synced yet. It ends with the test.
 */
export async function operate(
  { lists = oneOfEach() }: { lists?: StubLists } = {},
  options: ConnectorOptions = {},
): Promise<Operated> {
  const [stub, clock] = [await startStubGem(lists), fixedClock(operatedSince)];
  const logged: string[] = [];
  const connector = await startConnector({
    ...(await placeOnPostgres()),
    port: 0,
    checkAnswers: true,
    limits: 'off',
    allowPrivateAddresses: true,
    gemRetries: 0,
    isWorker: true,
    clock,
    log: (message, error) => logged.push(`${message} ${String(error)}`),
    ...options,
    work: { checkEverySeconds: 1, ...options.work },
  });
  onTestFinished(connector.close);
  const { id: integrationId } = await connector.connect({
    gem: { url: stub.url, apiKey: 'a-key', applicationSecret: null },
    actingUserId: 'user-1',
    endUserOrganizationName: 'Halden Robotics',
  });
  async function call<Data>(method: string, path: string, body?: unknown): Promise<OperatedAnswer<Data>> {
    const response = await fetch(`${connector.apiUrl}${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${connector.apiKey}`,
        'X-Integration-Id': integrationId,
        'Content-Type': 'application/json',
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const { data, error } = (await response.json()) as Omit<OperatedAnswer<Data>, 'status'>;
    return { status: response.status, data, error };
  }
  return {
    connector,
    clock,
    stub,
    integrationId,
    logged,
    call,
    results: async <Item>(path: string) => (await call<{ results: Item[] }>('GET', path)).data.results,
  };
}
