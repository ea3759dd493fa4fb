// Holds the connector, over an emulator, to what users of the official client need of it. The states come from the same
// handler as those of Gem, called in this process.
import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { startGem } from '../../support/gem.ts';
import { openConnectorStates } from './support/connector-states.ts';
import { clientAndConnector, committedPact } from './support/use-pact.ts';
import { verify } from './support/verify.ts';

test('the connector keeps every promise of the pact', async () => {
  const gem = await startGem({ unknownKeys: 'refuse' });
  const states = await openConnectorStates(gem);
  onTestFinished(() => states.close());
  const names = statesOf(committedPact(clientAndConnector));
  expect(names.length).toBeGreaterThan(5);
  await verify(clientAndConnector, {
    providerBaseUrl: states.url,
    requestFilter: (request, response, next) => {
      const isOfPact = request.path.startsWith('/_pact');
      if (request.method !== 'GET' && !isOfPact) {
        response.once('finish', () => {
          if (response.statusCode < 400) states.noteWrite();
        });
      }
      next();
    },
    stateHandlers: Object.fromEntries(
      names.map((name) => [name, { setup: () => states.enter(name), teardown: () => states.leave(name) }]),
    ),
  });
});

/** The names of the states that a pact speaks of. */
function statesOf(file: string): string[] {
  const { interactions } = JSON.parse(readFileSync(file, 'utf8')) as {
    interactions: { providerStates?: { name: string }[] }[];
  };
  const named = interactions.flatMap(({ providerStates = [] }) => providerStates.map(({ name }) => name));
  return [...new Set(named)];
}
