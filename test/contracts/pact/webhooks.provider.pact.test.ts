// Holds the connector's events to what receivers need of them.
import { expect, test } from 'vitest';
import { eventTypes } from '../../../connector/webhooks/events.ts';
import { sent } from './support/events.ts';
import { receiverAndConnector } from './support/use-pact.ts';
import { verify } from './support/verify.ts';

test('the connector keeps every promise of the pact', async () => {
  const messageProviders = Object.fromEntries(
    eventTypes.map((type) => [type, () => Promise.resolve(sent[type]())]),
  );
  await expect(verify(receiverAndConnector, { messageProviders })).resolves.toBeUndefined();
});
