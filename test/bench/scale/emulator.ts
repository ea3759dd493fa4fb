// A process of its own: the emulator with one world for each key, all with Gem's limit and so much latency.
import { startMockGem } from '../../../mock-server/server.ts';

/** What the process is started with, as JSON. */
export interface EmulatorSetting {
  /** Opens an account of so many candidates each. */
  accounts: { apiKey: string; candidates: number }[];
  /** Milliseconds that every answer takes at least. */
  latency: number;
}

const { accounts, latency }: EmulatorSetting = JSON.parse(process.argv[2] ?? '');
const gem = await startMockGem({ port: 0, scenario: 'large', parameters: { candidates: 1 }, logSize: 1 });
for (const { apiKey, candidates } of accounts) {
  const { faults } = gem.createWorld(apiKey, { parameters: { candidates } });
  faults.arm({ fault: 'latency', milliseconds: latency, times: 'always' });
}
process.on('disconnect', () => process.exit());
process.send?.({ url: gem.url });
