import { MatchersV3 } from '@pact-foundation/pact';
import { describe, expect, test } from 'vitest';
import { readKnownSources } from '../../../../connector/actions/resolve-source.ts';
import { checkKey } from '../../../../connector/connect/check-key.ts';
import { createGemClient } from '../../../../connector/gem/client.ts';
import { expecting } from '../support/gem-exchange.ts';
import { talk } from '../support/gem-exchange.ts';
import { pages } from '../support/gem-pages.ts';
import { examples } from '../support/gem-state.ts';
import type { UsedPact } from '../support/use-pact.ts';

const { eachLike } = MatchersV3;

/** What is asked while somebody connects an account. */
export function accountsAreConnected(pact: UsedPact): void {
  describe('connecting', () => {
    test('the key is tried, and the users are offered who may act', async () => {
      const part = expecting(
        pact.part(),
        {
          operation: 'listTeamUsers',
          about: 'to try the key',
          query: { page_size: '1' },
          answer: {
            status: 200,
            body: eachLike({ id: 'VXNlcjox', name: 'Priya Raman', email: 'p@example.com' }),
          },
        },
        ...pages('listUsers', 'those who are there', {}),
      );
      await part.executeTest(async ({ url }) => {
        const checked = await checkKey(
          { clientOf: ({ gem }, options) => createGemClient({ ...gem, ...options }) },
          { url, apiKey: examples.api_key, applicationSecret: null },
        );
        expect(checked).toMatchObject({ state: 'good', users: [{ name: 'Priya Raman' }] });
      });
    });

    test('the sources are offered that applications may get', async () => {
      const part = expecting(pact.part(), ...pages('listSources', 'those who are there', {}));
      await talk(part, async (gem) => {
        // No database is asked where Gem lists its sources.
        const { sources, isComplete } = await readKnownSources(gem, {} as never, '');
        expect([sources, isComplete]).toEqual([[{ id: expect.any(String), name: 'Referral' }], true]);
      });
    });
  });
}
