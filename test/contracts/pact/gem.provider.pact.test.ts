// Holds the emulator to what the connector needs of it, in the way that is open to a test in any language: the verifier
// asks the control API for each state. The emulator knows no key but those that the states make.
import { expect, test } from 'vitest';
import { startGem } from '../../support/gem.ts';
import { connectorAndGem } from './support/use-pact.ts';
import { verify } from './support/verify.ts';

test('the emulator keeps every promise of the pact', async () => {
  const gem = await startGem({ unknownKeys: 'refuse' });
  await verify(connectorAndGem, {
    providerBaseUrl: gem.url,
    providerStatesSetupUrl: `${gem.url}/_control/provider-states`,
  });
  const worlds = await gem.control.worlds();
  expect(worlds.map(({ key }) => key)).toEqual([gem.apiKey]);
});
