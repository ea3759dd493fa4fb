import { describe, expect, test } from 'vitest';
import { pagesOf } from '../../../../connector/gem/pages.ts';
import type { GemClient } from '../../../../connector/gem/client.ts';
import type { ListOperation } from '../../../../connector/gem/call-types.ts';
import { listings, lookups } from '../../../../connector/models/listings.ts';
import { createdOnly } from '../../../../connector/sync/created-only.ts';
import { gemDescription } from '../../../../contracts/gem.ts';
import { expecting, talk } from '../support/gem-exchange.ts';
import { pages } from '../support/gem-pages.ts';
import { examples, injected } from '../support/gem-state.ts';
import type { UsedPact } from '../support/use-pact.ts';

/** What syncs read: every list and lookup, in every way in which they ask for it. */
export function listsAreRead(pact: UsedPact): void {
  describe.each(listings)('the list $operation', ({ operation, query, changesSince }) => {
    test('is read whole by a full sync', async () => {
      const part = expecting(pact.part(), ...pages(operation, 'all records', asText(query)));
      await talk(part, async (gem) => expect(await sizes(gem, operation, query)).toEqual([1, 0]));
    });

    test('is asked by a delta sync for what has changed', async () => {
      const since = { ...query, [changesSince]: '2020-01-01T00:00:00.000Z' };
      const part = expecting(pact.part(), ...pages(operation, 'what has changed since', asText(since)));
      await talk(part, async (gem) => expect(await sizes(gem, operation, since)).toEqual([1, 0]));
    });

    test('tells a delta sync when nothing has changed', async () => {
      const since = { ...query, [changesSince]: '2099-01-01T00:00:00.000Z' };
      const nothing = (page: string, about: string) => ({
        operation,
        about,
        query: { ...asText(since), page, per_page: '500' },
        answer: { status: 200, body: [] },
      });
      const first = nothing('1', 'nothing has changed since');
      const part = expecting(
        pact.part(),
        first,
        nothing('2', 'nothing has changed since, a page past the end'),
      );
      await talk(part, async (gem) => expect(await sizes(gem, operation, since)).toEqual([0]));
    });
  });

  const created = { candidateRemoteId: examples.zoe, applicationRemoteId: examples['zoe-backend'] };
  const mode = createdOnly([{ ...created, at: '2020-01-02T00:00:00.000Z' }]);
  const concerned = listings.filter(({ operation }) => mode.queries(operation) !== undefined);

  test.each(concerned)('$operation is read for created applications only', async ({ operation, query }) => {
    const part = { ...query, ...mode.queries(operation)?.[0] };
    const asked = { ...asText(part), ...('candidate_ids' in part && { candidate_ids: injected('zoe') }) };
    const exchanges = pages(operation, 'of created applications', asked);
    await talk(expecting(pact.part(), ...exchanges), async (gem) =>
      expect(await sizes(gem, operation, part)).toEqual([1, 0]),
    );
  });

  test.each(lookups)('the lookup $operation is read whole', async ({ operation }) => {
    const { parameters = [] } = gemDescription.operations.get(operation) ?? {};
    const query = parameters.some(({ name }) => name === 'include_deleted') ? { include_deleted: true } : {};
    const part = expecting(pact.part(), ...pages(operation, 'all records', asText(query)));
    await talk(part, async (gem) => expect(await sizes(gem, operation, query)).toEqual([1, 0]));
  });
}

async function sizes(gem: GemClient, operation: ListOperation, query: object): Promise<number[]> {
  const found: number[] = [];
  for await (const { records } of pagesOf(gem, operation, { ...query })) found.push(records.length);
  return found;
}

function asText(query: object): Record<string, string> {
  return Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)]));
}
