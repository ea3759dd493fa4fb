// What users of the official client need of the connector, said through the unmodified client. A user of any other client
// of the unified API needs the same. `npm run generate:pact` writes the committed pact anew.
import { describe, expect, test } from 'vitest';
import { clientRefusals } from './support/client-refusals.ts';
import { reads } from './support/client-reads.ts';
import { writes } from './support/client-writes.ts';
import { talk } from './support/unified-exchange.ts';
import { clientAndConnector, usePact } from './support/use-pact.ts';

const pact = usePact(clientAndConnector);

describe('the official client understands the answer to', () => {
  test.each([...reads, ...writes])('$operation: $about', async (exchange) => {
    await talk(pact.part(), exchange, async (answer) => {
      const told = await answer;
      // A list comes as its first page.
      const body = isPage(told) ? told.result : told;
      expect(body).toMatchObject({ status: 'success', data: expect.anything() });
    });
  });
});

describe('the official client is told', () => {
  test.each(clientRefusals)('$code on $operation: $about', async ({ status, code, ...exchange }) => {
    const error = { code, title: 'Refused', message: 'That is why.', log_url: null };
    const answer = { status, body: { status: 'error', error } };
    await talk(pact.part(), { ...exchange, answer }, (told) =>
      expect(told).rejects.toMatchObject({ statusCode: status, data$: { error: { code } } }),
    );
  });
});

pact.holdAgainstCommitted();

function isPage(told: unknown): told is { result: unknown } {
  return typeof told === 'object' && told !== null && 'result' in told;
}
