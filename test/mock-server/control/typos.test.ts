// Names that do not exist: they do not compile, which the compiler says where no error was to be expected, and a world that
// gets one all the same says what was meant.
import { expect } from 'vitest';
import { withWorlds } from '../../../mock-server/vitest.ts';
import { startMockGem, type MockGemOptions } from '../../../mock-server/server.ts';

const test = withWorlds({ scenario: 'default' });

test('names that exist compile', ({ world, gem }) => {
  const calls = [
    () => world.faults.arm({ fault: 'status', status: 503, match: { operation: 'listJobs' } }),
    () => world.requests.find({ operation: 'attachment' }),
    () => gem.openWorld({ scenario: 'hiring-week', switches: { same_person: 'create' } }),
    () => gem.openWorld({ scenario: './cases/mine.yaml' }),
    () => startMockGem({ scenario: 'cases/mine.yml' } satisfies MockGemOptions),
  ];
  expect(calls).toHaveLength(5);
});

test('operations', async ({ world }) => {
  // @ts-expect-error it is called listJobs
  const fault = world.faults.arm({ fault: 'status', status: 503, match: { operation: 'listJob' } });
  await expect(fault).rejects.toThrow('did you mean "listJobs"?');
  // @ts-expect-error it is called listJobs
  const { near_misses: told } = await world.requests.find({ operation: 'listJob' });
  expect(told).toEqual([expect.stringContaining('did you mean "listJobs"?')]);
});

test('faults', async ({ world }) => {
  // @ts-expect-error it is called status
  await expect(world.faults.arm({ fault: 'stauts', status: 503 })).rejects.toThrow('did you mean "status"?');
});

test('scenarios', async ({ gem }) => {
  // @ts-expect-error it is called default
  await expect(gem.openWorld({ scenario: 'defualt' })).rejects.toThrow('did you mean "default"?');
  // @ts-expect-error it is called default
  await expect(startMockGem({ port: 0, scenario: 'defualt' })).rejects.toThrow('did you mean "default"?');
  // @ts-expect-error it is called default
  expect(() => withWorlds({ scenario: 'defualt' })).not.toThrow();
});

test('switches and their choices', async ({ gem, world }) => {
  // @ts-expect-error it is called same_person
  const world1 = gem.openWorld({ switches: { same_persn: 'create' } });
  await expect(world1).rejects.toThrow('did you mean "same_person"?');
  // @ts-expect-error it may be reuse, create or refuse
  await expect(world.choose({ same_person: 'make' })).rejects.toThrow('same_person');
});

test('edits and resources', async ({ world }) => {
  // @ts-expect-error it is called reject
  const edit = world.edit({ do: 'rejct', application: 'zoe-backend' });
  await expect(edit).rejects.toThrow('did you mean "reject"?');
  // @ts-expect-error it is called candidates
  await expect(world.records('candidate')).rejects.toThrow('candidates');
});
