// Holds the emulator to the committed pact. A provider state is a scenario: the handler makes a world from it for the
// key that the pact uses, and hands back the ids that the requests then carry.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Verifier } from '@pact-foundation/pact';
import { expect, test } from 'vitest';
import type { MockGem } from '../../mock-server/server.ts';
import { startGem } from '../support/gem.ts';
import { root } from '../support/process.ts';

const file = join(root, 'contracts/pacts/mock-gem-connector-gem.json');
const pact = JSON.parse(readFileSync(file, 'utf8')) as { interactions: object[] };

const key = 'PactWorldPactWorldPactWorldPactWorldPact';

test('the emulator keeps every promise of the pact', async () => {
  const gem = await startGem({ unknownKeys: 'refuse' });
  const { errors, interactionResults } = JSON.parse(await verify(gem)) as {
    errors: unknown[];
    interactionResults: { description: string; result: string }[];
  };
  expect(errors).toEqual([]);
  expect(interactionResults.filter(({ result }) => result !== 'OK')).toEqual([]);
  expect(interactionResults).toHaveLength(pact.interactions.length);
});

function verify(gem: MockGem): Promise<string> {
  return new Verifier({
    provider: 'gem',
    providerBaseUrl: gem.url,
    pactUrls: [file],
    logLevel: 'error',
    stateHandlers: {
      'a world from the scenario': (parameters) => Promise.resolve(makeWorld(gem, parameters, {})),
      'the rate limit is used up': (parameters) =>
        Promise.resolve(makeWorld(gem, parameters, { rate_limit: { per_second: 1, burst: 0 } })),
      'no key is known': () => Promise.resolve({}),
    },
  }).verifyProvider();
}

function makeWorld(gem: MockGem, parameters: unknown, switches: object): Record<string, string> {
  const { store } = gem.createWorld(key, {
    scenario: scenarioOf(parameters),
    switches: { ...gem.world.switches, ...switches },
  });
  const siobhan = store.collection('candidates').by('email', 'siobhan.oneill@example.org')[0];
  const [application] = store.collection('applications').by('candidate_id', siobhan?.id ?? '');
  const user = [...store.collection('users').entries()][0]?.record;
  if (!siobhan || !application || !user) throw new Error('the scenario lacks what the pact speaks of');
  return { candidate_id: siobhan.id, job_id: application.job_id, user_id: user.id };
}

function scenarioOf(parameters: unknown): string {
  const { scenario } = (parameters ?? {}) as { scenario?: string };
  if (scenario === undefined) throw new Error('the provider state names no scenario');
  return scenario;
}
