import { readFileSync } from 'node:fs';
import { Verifier, type VerifierOptions } from '@pact-foundation/pact';
import { expect } from 'vitest';
import { committedPact, type Parties } from './use-pact.ts';

/**
 * Holds a provider to every interaction of a committed pact.
 *
 * @param options where the provider is, and how it gets into its states
 */
export async function verify(parties: Parties, options: VerifierOptions): Promise<void> {
  const file = committedPact(parties);
  const verifier = new Verifier({
    provider: parties.provider,
    pactUrls: [file],
    logLevel: 'error',
    ...options,
  });
  // What went wrong comes as an error that holds the same as an answer would.
  const told = await verifier.verifyProvider().catch((error: Error) => error.message);
  const { errors, interactionResults } = readTold(told);
  expect(errors.map(inShort)).toEqual([]);
  expect(interactionResults.filter(({ result }) => result !== 'OK')).toEqual([]);
  expect(interactionResults).toHaveLength(countOf(file));
}

interface Told {
  errors: { interaction?: string; mismatch?: { mismatches?: { path?: string; mismatch?: string }[] } }[];
  interactionResults: { description: string; result: string }[];
}

function readTold(text: string): Told {
  try {
    return JSON.parse(text) as Told;
  } catch {
    throw new Error(`the verifier failed: ${text}`);
  }
}

/** One line for each thing that does not match, in place of the verifier's hundreds. */
function inShort({ interaction, mismatch, ...others }: Told['errors'][number]): string[] {
  const lines = mismatch?.mismatches?.map(({ path, mismatch: what }) => `${path ?? ''} ${what}`);
  return [interaction ?? '', ...(lines ?? [JSON.stringify({ mismatch, others })])];
}

function countOf(file: string): number {
  const { interactions = [], messages = [] } = JSON.parse(readFileSync(file, 'utf8')) as {
    interactions?: object[];
    messages?: object[];
  };
  return interactions.length + messages.length;
}
