// A connector in a process of its own, so that its memory can be measured: `fork` it with the options of `startConnector`
// and of the account as JSON. It tells where it is, and answers each message with its memory after a collection.
import { startConnector } from '../../../../connector/server.ts';

/** What it is started with. */
export interface FuzzedConnector {
  place: { dataDirectory: string } | { databaseUrl: string; encryptionKey: string };
  gem: { url: string; apiKey: string; applicationSecret: string };
}

const { place, gem }: FuzzedConnector = JSON.parse(process.argv[2] ?? '');
const connector = await startConnector({
  ...place,
  port: 0,
  limits: 'off',
  isWorker: false,
  checkAnswers: true,
  connections: { gemUrl: gem.url, applicationSecret: gem.applicationSecret },
});
const { id: integrationId } = await connector.connect({
  gem,
  isRemoteDataEnabled: true,
  jobBoardVanity: null,
});
await connector.sync(integrationId);

process.on('message', () => {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  process.send?.({ megabytes: (heapUsed + external) / 1e6 });
});
process.on('disconnect', () => void connector.close().then(() => process.exit()));
process.send?.({ url: connector.url, apiKey: connector.apiKey, integrationId });
