import { expect, test } from 'vitest';
import { gemDescription } from '../../../contracts/gem.ts';
import type { MockGem } from '../../../mock-server/server.ts';
import type { Switches } from '../../../mock-server/world/switches.ts';
import { defaultSwitches } from '../../../mock-server/world/switches.ts';
import { startGem } from '../../support/gem.ts';
import { call, pathOf } from '../every-operation-requests.ts';

const unusual: Partial<Switches> = {
  assigned_user_shape: 'user',
  custom_field_shape: 'keyed',
  job_place_fields: 'left_out',
  absolute_url: 'sent',
};
const reads = [...gemDescription.operations.values()].filter(({ method }) => method === 'get');

test('a world that changes its mind sends the other shape from then on', async () => {
  const gem = await startGem();
  const read = async () =>
    (await fetch(`${gem.url}/ats/v0/jobs/`, { headers: { 'X-API-Key': gem.apiKey } })).text();
  const usual = await read();
  gem.world.choose({ job_place_fields: 'left_out' });
  expect(await read()).not.toContain('location_type');
  gem.world.choose({ job_place_fields: 'sent' });
  expect(await read()).toBe(usual);
});

test.each(reads.map((operation) => [operation.id, operation] as const))(
  '%s answers as described in every shape of its records',
  async (_id, operation) => {
    // The emulator of a test holds each answer against the description itself.
    const gem = await startGem({ switches: unusual });
    expect((await call(gem, operation, pathOf(operation, gem))).status).toBe(200);
  },
);

const otherKey = 'OtherWorldOtherWorldOtherWorldOtherWorld';
const lists = ['applications', 'candidates', 'jobs', 'job_posts', 'openings'];

test.each(lists)('worlds that share their %s do not share the shape they send them in', async (list) => {
  const gem = await startGem();
  const read = async (key: string) => {
    const response = await fetch(`${gem.url}/ats/v0/${list}/?per_page=500`, {
      headers: { 'X-API-Key': key },
    });
    return response.text();
  };
  createOther(gem);
  const otherFirst = await read(otherKey);
  const usual = await read(gem.apiKey);
  expect(await read(otherKey)).toBe(otherFirst);
  expect(await read(gem.apiKey)).toBe(usual);
  expect(otherFirst).not.toBe(usual);
});

function createOther(gem: MockGem): void {
  gem.createWorld(otherKey, { switches: { ...defaultSwitches, rate_limit: 'off', ...unusual } });
}
