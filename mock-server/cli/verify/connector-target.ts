import { availableParallelism } from 'node:os';
import type { Account, Adapter } from '../../../contracts/harness/adapter.ts';
import { startCommand } from '../../../contracts/harness/adapters/command.ts';
import { connectHttp } from '../../../contracts/harness/adapters/http.ts';
import { loadAdapter } from '../../../contracts/harness/adapters/module.ts';
import type { Target } from '../../../contracts/harness/target.ts';
import { developmentApiKey } from '../../../contracts/unified.ts';
import { connectToMockGem, ControlRefused } from '../../control/client.ts';
import type { MockGemControl } from '../../control/mock-gem-control.ts';
import { defaultApplicationSecret, startMockGem } from '../../server.ts';
import { startConnectorProcess } from '../dev/connector-process.ts';
import { startWhenFree } from '../terminal.ts';
import { readAccount, withAccount } from './account-in-worlds.ts';
import type { VerifyConnectorOptions } from './connector-options.ts';

/** The emulator and the connector of a verification, started or reached. */
export interface OpenedTarget {
  target: Target;
  /** What the report calls the connector. */
  subject: string;
  /** Rejects with a reason in one line when the connector is gone; never resolves. */
  gone: Promise<never>;
  close(): Promise<void>;
}

/**
 * Reaches the emulator and the connector that were named, or starts one.
 *
 * @throws PortTaken, Error in one line
 */
export async function openTarget(options: VerifyConnectorOptions): Promise<OpenedTarget> {
  const account = options.scenario === undefined ? undefined : await readAccount(options.scenario);
  const emulator = await openEmulator(options);
  try {
    const { adapter, subject, gone, close } = await openConnector(options, emulator);
    const { applicationSecret } = emulator;
    const gem = account ? withAccount(emulator.gem, account) : emulator.gem;
    return {
      target: { gem, applicationSecret, connector: adapter, callLimit: options.timeout * 1000 },
      subject,
      gone,
      close: () => close().finally(emulator.close),
    };
  } catch (error) {
    await emulator.close();
    throw error;
  }
}

interface OpenedEmulator {
  gem: Pick<MockGemControl, 'openWorld'>;
  url: string;
  applicationSecret: string;
  close(): Promise<void>;
}

async function openEmulator({
  gem: given,
  gemPort,
  url: unified,
  controlToken: token,
  applicationSecret = defaultApplicationSecret,
}: VerifyConnectorOptions): Promise<OpenedEmulator> {
  if (given === undefined) {
    // A connector that runs already reads from a fixed address; the others are told the address.
    const port = gemPort ?? (unified === undefined ? 0 : 4010);
    const started = await startWhenFree(() => startMockGem({ port, applicationSecret }));
    return { gem: started, url: started.url, applicationSecret, close: started.close };
  }
  const gem = connectToMockGem(given, { token });
  try {
    await gem.server();
  } catch (error) {
    const isRefused = error instanceof ControlRefused;
    const reason =
      isRefused && (error.status === 401 || error.status === 403)
        ? 'refuses its control API; set MOCK_GEM_CONTROL_TOKEN to its token'
        : 'does not answer at /_control; start one with `mock-gem serve`';
    throw new Error(`the emulator at ${given} ${reason}`, { cause: error });
  }
  return { gem, url: gem.url, applicationSecret, close: async () => undefined };
}

interface OpenedConnector extends Omit<OpenedTarget, 'target'> {
  adapter: Adapter;
}

/** Without a name it is this project's own. */
async function openConnector(options: VerifyConnectorOptions, gem: OpenedEmulator): Promise<OpenedConnector> {
  const { url, adapter: file, command, keyFromEnv, apiKey } = options;
  const limit = options.timeout * 1000;
  if (file !== undefined) return ofAdapter(await loadAdapter(file), file);
  if (command !== undefined) {
    const adapter = await startCommand(command, { answerLimit: limit });
    return { adapter, subject: command, gone: adapter.broken, close: adapter.close };
  }
  if (url === undefined) return startOwn(gem);
  if (apiKey === undefined)
    throw new Error(`set the environment variable ${keyFromEnv} to the API key of the connector at ${url}`);
  return ofAdapter(connectHttp({ url, apiKey, syncLimit: limit }), withoutSecrets(url));
}

function ofAdapter(adapter: Adapter, subject: string): OpenedConnector {
  return { adapter, subject, gone: never, close: async () => adapter.close?.() };
}

const never = new Promise<never>(() => undefined);

/**
 * Starts this project's own connector, and uses its HTTP API like that of any other. Its embedded database works on one core at a
 * time and takes most of the work, so that a second account goes to another process where there are more cores.
 */
async function startOwn(emulator: OpenedEmulator): Promise<OpenedConnector> {
  const first = await startOne(emulator);
  if (availableParallelism() === 1) return first;
  const lost = Promise.withResolvers<never>();
  const places = new Map<string, Promise<OpenedConnector>>();
  let second: Promise<OpenedConnector> | undefined;
  const placeOf = ({ apiKey }: Account): Promise<OpenedConnector> => {
    const known = places.get(apiKey);
    if (known) return known;
    const isSecond = places.size % 2 === 1;
    if (isSecond) second ??= startOne(emulator);
    const place = (isSecond && second) || Promise.resolve(first);
    places.set(apiKey, place);
    if (isSecond) place.then(({ gone }) => gone).catch(lost.reject);
    return place;
  };
  lost.promise.catch(() => undefined);
  first.gone.catch(lost.reject);
  return {
    ...first,
    adapter: {
      ...first.adapter,
      sync: async (account, type) => (await placeOf(account)).adapter.sync(account, type),
      list: async (account, list, query) => (await placeOf(account)).adapter.list(account, list, query),
      act: async (account, call) => (await placeOf(account)).adapter.act(account, call),
    },
    gone: lost.promise,
    close: async () => {
      const other = await second?.catch(() => undefined);
      await Promise.all([first.close(), other?.close()]);
    },
  };
}

/** Starts one process of it. */
async function startOne({ url: gemUrl, applicationSecret }: OpenedEmulator): Promise<OpenedConnector> {
  const connector = startConnectorProcess({
    port: 0,
    host: '127.0.0.1',
    apiKey: developmentApiKey,
    gemUrl,
    gemApiKey: '',
    gemApplicationSecret: applicationSecret,
    jobBoard: 'mock-gem',
    organization: 'mock-gem',
    // A verification makes hundreds of calls in a second, and the limit of Gem is off in its worlds.
    flags: ['--no-call-limits', '--gem-rate', '0'],
    onProgress: () => undefined,
  });
  const { apiUrl, apiKey } = await connector.ready;
  const gone = connector.ended.then((reason) => {
    throw new Error(reason);
  });
  gone.catch(() => undefined);
  return {
    adapter: connectHttp({ url: apiUrl, apiKey }),
    subject: 'the connector of mock-gem',
    gone,
    close: connector.stop,
  };
}

/** Reports are shared, so they hold no user, password or query of an address. */
function withoutSecrets(url: string): string {
  const shown = new URL(url);
  [shown.username, shown.password, shown.search] = ['', '', ''];
  return shown.href;
}
