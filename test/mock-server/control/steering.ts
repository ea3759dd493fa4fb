// What the tests of steering worlds have in common: the two doors to the control API, and its refusals.
import { describe } from 'vitest';
import {
  connectToMockGem,
  ControlRefused,
  type MockGemControl,
} from '../../../mock-server/control/client.ts';
import type { MockGem, MockGemOptions } from '../../../mock-server/server.ts';
import { startGem } from '../../support/gem.ts';

/** A clock that stands still. */
export const still = { now: '2026-11-20T08:00:00.000Z', frozen: true };

/** Starts an emulator for one test, and enters its control API by one of the doors. */
export type Start = (options?: MockGemOptions) => Promise<{ gem: MockGem; control: MockGemControl }>;

const doors: readonly (readonly [string, (gem: MockGem) => MockGemControl])[] = [
  ['over HTTP', ({ url }) => connectToMockGem(url)],
  ['in the same process', ({ control }) => control],
];

/** Holds the same sentences for both doors. */
export function throughBothDoors(sentences: (start: Start) => void): void {
  describe.each(doors)('%s', (_door, enter) => {
    sentences(async (options) => {
      const gem = await startGem(options);
      return { gem, control: enter(gem) };
    });
  });
}

/** What the control API refused some work with. @throws Error when it did not */
export async function refusalOf(work: Promise<unknown>): Promise<ControlRefused> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ControlRefused) return error;
  throw new Error('it was not refused', { cause: error });
}
