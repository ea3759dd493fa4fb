// What the connector needs of Gem, said through the connector's own code: every operation that it calls, as it calls it,
// and every refusal that it tells from the others. `npm run generate:pact` writes the committed pact anew.
import { describe, expect, test } from 'vitest';
import { accountsAreConnected } from './gem/connecting.ts';
import { candidatesAreCreated } from './gem/creates.ts';
import { listsAreRead } from './gem/lists.ts';
import { recordsAreRead } from './gem/records.ts';
import { restIsWritten } from './gem/writes.ts';
import { expecting, talk } from './support/gem-exchange.ts';
import { refusals } from './support/gem-refusals.ts';
import { connectorAndGem, usePact } from './support/use-pact.ts';

const pact = usePact(connectorAndGem);

listsAreRead(pact);
accountsAreConnected(pact);
recordsAreRead(pact);
candidatesAreCreated(pact);
restIsWritten(pact);

describe('a call is turned away', () => {
  test.each(refusals)(
    '$exchange.operation $exchange.about, which is a $error.name',
    async ({ error, exchange, call, client, tells = {} }) => {
      await talk(
        expecting(pact.part(), exchange),
        async (gem) => {
          const refused = gem.send(exchange.operation, call);
          await expect(refused).rejects.toBeInstanceOf(error);
          await expect(refused).rejects.toMatchObject(tells);
        },
        client,
      );
    },
  );
});

pact.holdAgainstCommitted();
