import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { createLink, findLink, saveEnteredKey } from '../../../connector/store/queries/connection-links.ts';
import { createEnvironment } from '../../../connector/store/queries/environments.ts';
import { openTestStore } from '../../support/databases.ts';

const opened = openTestStore();
afterAll(async () => (await opened).close());

test('of a link’s token only a hash is stored, and of the key only what the vault made of it', async () => {
  const store = await opened;
  const { database } = store;
  const at = '2026-06-01T00:00:00.000Z';
  await createEnvironment(database, { id: 'environment', name: 'Test', apiKey: 'key', createdAt: at });
  const token = randomBytes(32).toString('base64url');
  await createLink(database, {
    environmentId: 'environment',
    purpose: 'CONNECT',
    integrationId: null,
    isEmbedded: true,
    endUserOrganizationName: 'Halden Robotics',
    endUserEmail: null,
    endUserOriginId: null,
    isCreatedOnly: null,
    token,
    at,
    expiresAt: '2026-06-01T01:00:00.000Z',
  });
  await saveEnteredKey(store, { token, gemApiKey: 'a-key-nobody-may-see', at });
  const { rows } = await sql<{
    text: string;
  }>`select link::text as text from connection_links as link`.execute(database);
  expect(rows).toHaveLength(1);
  expect(rows[0]?.text).not.toContain(token);
  expect(rows[0]?.text).not.toContain('nobody');
  expect((await findLink(store, { token, at, keysSince: at }))?.gemApiKey).toBe('a-key-nobody-may-see');
});
