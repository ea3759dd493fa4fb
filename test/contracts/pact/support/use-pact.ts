// Where the pact between two parties is written during a run, and where it is committed. Each run writes to a folder of
// its own, so that nothing of an earlier one is left in it; the last test of a file holds it against the committed one.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageConsumerPact, PactV3 } from '@pact-foundation/pact';
import { afterAll, expect, test } from 'vitest';
import { root } from '../../../support/process.ts';

/** Two parties, in Pact's words. */
export interface Parties {
  consumer: string;
  provider: string;
}

export const connectorAndGem: Parties = { consumer: 'mock-gem-connector', provider: 'gem' };
export const clientAndConnector: Parties = { consumer: 'kombo-sdk-client', provider: 'mock-gem-connector' };
export const receiverAndConnector: Parties = { consumer: 'webhook-receiver', provider: 'mock-gem-connector' };

/** The committed pact of two parties. */
export function committedPact({ consumer, provider }: Parties): string {
  return join(root, 'contracts/pacts', `${consumer}-${provider}.json`);
}

/** The pact that the tests of a file write. */
export interface UsedPact {
  /** Where it is written, until the tests are over. */
  folder: string;
  /** A part of it that begins with nothing. */
  part(): PactV3;
  /** A message of it that says nothing yet. */
  message(): MessageConsumerPact;
  /** Adds the test that everything which was written is committed; it has to be the last one. */
  holdAgainstCommitted(): void;
}

/** Writes a pact during the tests of a file. */
export function usePact(parties: Parties): UsedPact {
  const folder = mkdtempSync(join(tmpdir(), 'mock-gem-pact-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const committed = committedPact(parties);
  return {
    folder,
    part: () => new PactV3({ ...parties, dir: folder, logLevel: 'error' }),
    message: () =>
      new MessageConsumerPact({ ...parties, dir: folder, logLevel: 'error', pactfileWriteMode: 'update' }),
    holdAgainstCommitted: () =>
      test('the committed pact is what these tests wrote', () => {
        const written = readFileSync(join(folder, `${parties.consumer}-${parties.provider}.json`), 'utf8');
        if (process.env['npm_lifecycle_event'] === 'generate:pact') writeFileSync(committed, written);
        const kept = promises(readFileSync(committed, 'utf8'));
        expect(kept, 'to take it over: npm run generate:pact').toEqual(promises(written));
      }),
  };
}

/** A pact without the versions of the tools that wrote it. */
function promises(text: string): unknown {
  const { metadata: _tools, ...pact } = JSON.parse(text) as { metadata: object };
  return pact;
}
