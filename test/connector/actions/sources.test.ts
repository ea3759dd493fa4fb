import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { sourceNameOf, chooseSource } from '../../../connector/actions/resolve-source.ts';
import type { ConnectOptions } from '../../../connector/server.ts';
import type { UnifiedSchemas } from '../../../contracts/unified.ts';
import { useRecruiting } from './support/recruiting.ts';

const { both, atGem, job, apply, send } = useRecruiting({ environmentName: 'Referral (Prod)' });
let design: UnifiedSchemas['Job'];
beforeAll(async () => {
  design = await job('Product Designer');
});

const known = {
  sources: [
    { id: '1', name: 'Indeed' },
    { id: '2', name: 'LinkedIn Basic Jobs' },
    { id: '3', name: 'Referral' },
  ],
  isComplete: true,
};

describe('of what a call names, the first that Gem has is taken', () => {
  test.each([
    [{ id: '1', unified_key: 'LINKEDIN_BASIC_JOBS', name: 'Referral' }, '1'],
    [{ id: '9', unified_key: 'LINKEDIN_BASIC_JOBS', name: 'Referral' }, '2'],
    [{ id: '9', unified_key: 'NOTHING', name: ' referral ' }, '3'],
    [{ unified_key: '---', name: 'indeed' }, '1'],
  ])('%j is %s', (source, sourceId) => {
    expect(chooseSource({ source, automatic: { id: '3' } }, known)).toEqual({ sourceId, warnings: [] });
  });

  test('what it names in vain gives way to the automatic source, and both are told', () => {
    const { sourceId, warnings } = chooseSource(
      { source: { name: '?' }, automatic: { name: 'indeed' } },
      known,
    );
    expect([sourceId, warnings]).toEqual(['1', [expect.stringContaining('source was'), expect.any(String)]]);
  });

  test('where Gem does not show its sources, an id is left to Gem to judge', () => {
    const some = { ...known, isComplete: false };
    expect(chooseSource({ source: { id: '9' }, automatic: undefined }, some).sourceId).toBe('9');
  });
});

test.each([
  ['Acme (Prod)', 'Acme'],
  ['Acme (prod) ', 'Acme'],
  ['Acme (Prod) Two', 'Acme (Prod) Two'],
  ['Acme', 'Acme'],
])('without a name, the environment %j stands for the source %j', (environment, name) => {
  expect(sourceNameOf(environment)).toBe(name);
});

describe('the automatic source of an integration', () => {
  const connect = (automaticSource: ConnectOptions['automaticSource']) =>
    both.connector.connect({
      gem: both.gem,
      jobBoardVanity: both.gem.world.company.vanity,
      ...(automaticSource !== undefined && { automaticSource }),
    });
  const sourceOf = ({ custom_fields: fields }: UnifiedSchemas['CreatedApplication']) => fields?.['source'];
  afterEach(() => connect(false));

  test('is none at first, stays as it is, and can be switched off', async () => {
    const asked = () => both.gem.world.log.entries().filter(({ operation }) => operation === 'listSources');
    const before = asked().length;
    const candidate = { first_name: 'A', last_name: 'B', email_address: 'no-source@example.com' };
    const created = await send('POST', `/ats/jobs/${design.id}/applications`, { candidate });
    expect([created.status, created.warnings, asked().length]).toEqual([200, [], before]);
    expect(sourceOf(await apply(design.id))).toBeNull();
    await connect(true);
    await connect(undefined);
    expect(sourceOf(await apply(design.id))).toBe('Referral');
    await connect(false);
    expect(sourceOf(await apply(design.id))).toBeNull();
  });

  test('is named by name or id, and gives way to what a call names', async () => {
    const [one, other] = atGem('sources').filter(({ public_name: name }) => name !== 'Referral');
    await connect({ name: one?.public_name });
    expect(sourceOf(await apply(design.id))).toBe(one?.public_name);
    await connect({ id: other?.id });
    expect(sourceOf(await apply(design.id))).toBe(other?.public_name);
    const named = await apply(design.id, { source: { name: one?.public_name } });
    expect(sourceOf(named)).toBe(one?.public_name);
  });

  test('that Gem does not have is a warning on every creation, and no failure', async () => {
    await connect({ name: 'Nobody has it' });
    const candidate = { first_name: 'A', last_name: 'B', email_address: 'automatic@example.com' };
    const { status, warnings } = await send('POST', `/ats/jobs/${design.id}/applications`, { candidate });
    expect([status, warnings]).toEqual([200, [expect.stringMatching(/^The automatic source/)]]);
  });
});

test('the source of a person whom Gem knows stays the one of their first application', async () => {
  const [one, other] = atGem('sources');
  const candidate = { first_name: 'A', last_name: 'B', email_address: 'again@example.com' };
  await apply(design.id, { candidate, source: { id: one?.id } });
  const elsewhere = await job('Account Executive');
  const second = await apply(elsewhere.id, { candidate, source: { id: other?.id } });
  expect([second.custom_fields?.['source'], second.candidate?.source]).toEqual([
    other?.public_name,
    one?.public_name,
  ]);
});

test('where Gem has no list of its sources, one that it refuses is left out with a warning', async () => {
  const { id } = both.gem.world.faults.arm({
    fault: 'status',
    status: 404,
    match: { operation: 'listSources' },
  });
  const candidate = { first_name: 'A', last_name: 'B', email_address: 'no-list@example.com' };
  const { status, warnings } = await send('POST', `/ats/jobs/${design.id}/applications`, {
    candidate,
    source: { id: 'nothing' },
  });
  both.gem.world.faults.disarm(id);
  expect([status, warnings]).toEqual([200, ['source was not written: Gem has no such source.']]);
});
