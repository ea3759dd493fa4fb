import { expect, test } from 'vitest';
import { createGemClient } from '../../../connector/gem/client.ts';
import { GemRefusedKey } from '../../../connector/gem/errors.ts';
import { listIntegrations } from '../../../connector/store/queries/integrations.ts';
import { connectIntegration } from '../../../connector/connect/connect-integration.ts';
import { impatient, useStore } from '../../support/connected.ts';
import { userRecord } from '../../support/gem-records.ts';
import { answer, startStubGem } from '../../support/stub-gem.ts';

const { store, connect } = useStore();

test('a key that Gem refuses connects nothing', async () => {
  const stub = await startStubGem();
  stub.intercept = (_, response) => answer(response, 403, { message: 'Forbidden' });
  const before = await listIntegrations(store(), 'environment');
  await expect(connect(stub)).rejects.toBeInstanceOf(GemRefusedKey);
  expect(await listIntegrations(store(), 'environment')).toEqual(before);
});

test('the acting user is the first administrator who is not disabled', async () => {
  const users = [
    userRecord('nobody'),
    userRecord('left', { site_admin: true, disabled: true }),
    userRecord('boss', { site_admin: true }),
    userRecord('other', { site_admin: true }),
  ];
  const { integration } = await connect(await startStubGem({ listUsers: users }));
  expect(integration.actingUserId).toBe('boss');
});

test('the same account connected again is the same integration, with what it was told last', async () => {
  const stub = await startStubGem();
  const { integration, clock, sync, stored } = await connect(stub);
  await sync();
  clock.advance(60_000);
  const again = await connectIntegration({
    store: store(),
    clock,
    environmentId: 'environment',
    gem: { url: `${stub.url}/`, apiKey: 'secret-key' },
    actingUserId: 'chosen',
    endUserOrganizationName: 'Acme Ltd',
    isRemoteDataEnabled: false,
  });
  expect(again).toMatchObject({
    id: integration.id,
    createdAt: integration.createdAt,
    actingUserId: 'chosen',
  });
  expect(again).toEqual(await stored());
  expect(again.firstSyncedAt).not.toBeNull();
});

test.each([
  ['fail', 500, {}],
  ['are forbidden', 403, { code: 403, status: 'Forbidden', message: 'no' }],
] as const)(
  'an account whose users %s is connected all the same, and keeps its acting user',
  async (_, status, body) => {
    const boss = { id: 'boss', site_admin: true };
    const stub = await startStubGem({ listUsers: [boss] });
    const { integration, clock } = await connect(stub);
    // Nothing but the id and the right is needed of a user.
    expect(integration.actingUserId).toBe('boss');
    stub.intercept = (request, response) =>
      request.url?.startsWith('/ats/v0/users/') === true && answer(response, status, body);
    const again = await connectIntegration({
      store: store(),
      clock,
      environmentId: 'environment',
      gem: integration.gem,
      clientOf: ({ gem }) => createGemClient({ ...gem, retry: impatient }),
      endUserOrganizationName: 'Acme',
      isRemoteDataEnabled: false,
    });
    expect(again.actingUserId).toBe('boss');
  },
);

test.each([401, 403])(
  'a key that is refused with %i at the users of the team is not tried elsewhere',
  async (status) => {
    const stub = await startStubGem();
    stub.intercept = (request, response) =>
      request.url?.startsWith('/v0/users') === true && answer(response, status, { message: 'Forbidden' });
    await expect(connect(stub)).rejects.toBeInstanceOf(GemRefusedKey);
  },
);
