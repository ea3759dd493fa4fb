// Recruiters and callers do things in any order, and syncs run in between. A plain model says what must be there; the
// emulator is held against it after every step, the connector after every sync.
import { fc } from '@fast-check/vitest';
import { afterAll, beforeAll, test } from 'vitest';
import type { Account, Adapter } from '../../contracts/harness/adapter.ts';
import { startMockGem, type MockGem } from '../../mock-server/server.ts';
import { placeOnPostgres } from '../support/databases.ts';
import { startOwnConnector } from '../support/own-connector.ts';
import { commands, sync } from './model/commands.ts';
import { stages } from './model/model.ts';

const runs = Number(process.env['DEEP_RUNS'] ?? 4);

let gem: MockGem;
let connector: Adapter;

beforeAll(async () => {
  gem = await startMockGem({ port: 0, switches: { rate_limit: 'off' } });
  connector = await startOwnConnector(await placeOnPostgres());
});
afterAll(async () => {
  await connector?.close?.();
  await gem?.close();
});

// What is expected stands in the commands.
// oxlint-disable-next-line vitest/expect-expect
test(
  'whatever is done, Gem and the unified API show what the model says',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.commands(commands, { maxCommands: 25, size: 'max' }), async (given) => {
        const world = await gem.control.openWorld({
          document: JSON.stringify({
            purpose: 'one job with three stages',
            extends: 'team',
            remove: ['backend'],
            records: {
              jobs: [{ as: 'job-1', name: 'Lens Grinder' }],
              job_stages: stages.map((name, priority) => ({
                as: `stage-${priority}`,
                job_id: 'job-1',
                name,
                priority,
              })),
            },
          }),
        });
        const { company } = await world.state();
        const { id: actingUserId } = await world.record('users', 'paula');
        const account: Account = {
          url: gem.url,
          apiKey: world.key,
          applicationSecret: gem.applicationSecret,
          jobBoard: company.vanity,
          actingUserId: String(actingUserId),
        };
        await connector.sync(account, 'FULL');
        await fc.asyncModelRun(
          () => ({
            model: { people: new Map(), labels: new Set<string>() },
            real: { world, account, connector },
          }),
          [...given, sync('DELTA'), sync('FULL')],
        );
        await world.drop();
      }),
      { numRuns: runs },
    );
  },
  60_000 + runs * 5000,
);
