// What a receiver of webhooks needs of each event, said through the official client, which checks the signature and reads
// the event.
import { Kombo } from '@kombo-api/sdk';
import { MatchersV3 } from '@pact-foundation/pact';
import { expect, test } from 'vitest';
import { eventTypes } from '../../../connector/webhooks/events.ts';
import { sign } from '../../../connector/webhooks/attempt.ts';
import { unknownToClients } from '../../connector/webhooks/support/receiver.ts';
import { matcherFor } from './support/matchers.ts';
import { received } from './support/events.ts';
import { receiverAndConnector, usePact } from './support/use-pact.ts';

const pact = usePact(receiverAndConnector);
const secret = 'a secret that signs events';

test.each(eventTypes)('a receiver understands %s', async (type) => {
  await pact
    .message()
    .expectsToReceive(type)
    .withContent(matcherFor({ ...received[type], type: MatchersV3.equal(type) }))
    .withMetadata({ contentType: 'application/json' })
    .verify(async ({ contents }) => {
      // The clients do not know these (kombo-unified-api §4.10): a receiver reads them by itself.
      if (unknownToClients.has(type)) return;
      const body = JSON.stringify(contents);
      // The client wants the header and the body wrapped up in one.
      const wrapped = JSON.stringify({ 'X-Kombo-Signature': sign(body, secret), body: contents });
      const request = { method: 'POST', url: 'http://receiver', headers: {}, body: wrapped };
      const told = await new Kombo({ api_key: 'any' }).validateWebhook({ request });
      expect(told.body).toMatchObject({ type, id: expect.any(String), data: expect.any(Object) });
    });
});

pact.holdAgainstCommitted();
