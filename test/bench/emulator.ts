// A process of its own: the emulator with a large world, which tells its parent what seeding took.
import { setTimeout as wait } from 'node:timers/promises';
import { systemClock } from '../../contracts/clock.ts';
import { listen } from '../../contracts/server/listen.ts';
import { createApp } from '../../mock-server/app.ts';
import { defaultApiKey, defaultApplicationSecret } from '../../mock-server/server.ts';
import { defaultSwitches } from '../../mock-server/world/switches.ts';
import { Worlds } from '../../mock-server/worlds/worlds.ts';
import { defaultAnchor } from '../../seeds/index.ts';
import { largeWorld } from './large-world.ts';

/** What the parent is told once the emulator listens. */
export interface Started {
  url: string;
  apiKey: string;
  candidateIds: string[];
  jobId: string;
  generateMs: number;
  loadMs: number;
}

/** The answer to any message: what the process takes, in bytes, after it was left alone for a while. */
export interface Memory {
  residentBytes: number;
}

const count = Number(process.argv[2]);
const beforeGenerate = performance.now();
const seed = largeWorld(count);
const generateMs = performance.now() - beforeGenerate;
const candidateIds = seed.records.candidates.map(({ id }) => id);
const jobId = seed.records.jobs[0]?.id ?? '';

let loadMs = 0;
const { url } = await listen({ host: '127.0.0.1', port: 0 }, (ownUrl) => {
  const worlds = new Worlds({
    clock: systemClock,
    url: ownUrl,
    defaults: {
      scenario: 'empty',
      seed: 'bench',
      anchor: defaultAnchor,
      parameters: {},
      switches: { ...defaultSwitches, rate_limit: 'off' },
    },
    unknownKeys: 'refuse',
  });
  const beforeLoad = performance.now();
  worlds.restore(defaultApiKey, seed);
  loadMs = performance.now() - beforeLoad;
  return createApp({
    worlds,
    applicationSecret: defaultApplicationSecret,
    checkAnswers: false,
    report: (defect) => process.stderr.write(`${String(defect)}\n`),
  });
});
process.send?.({ url, apiKey: defaultApiKey, candidateIds, jobId, generateMs, loadMs } satisfies Started);
process.on('message', () => {
  void tellMemory();
});
process.on('disconnect', () => process.exit());

async function tellMemory(): Promise<void> {
  await wait(1000);
  process.send?.({ residentBytes: process.memoryUsage().rss } satisfies Memory);
}
