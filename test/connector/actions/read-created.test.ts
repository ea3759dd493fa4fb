// What Gem answered to a create call may be no record of Gem's, and is then not stored.
import { expect, test } from 'vitest';
import { readCreatedApplication, readCreatedCandidate } from '../../../connector/actions/read-created.ts';
import { GemAnswerUnreadable } from '../../../connector/gem/index.ts';
import { useStore } from '../../support/connected.ts';

const { store } = useStore();

test.each([
  ['an application', readCreatedApplication],
  ['a candidate', readCreatedCandidate],
])('%s that could not be stored is an answer of Gem that cannot be read', async (_, read) => {
  const reading = read(store().database, 'never stored');
  await expect(reading).rejects.toThrow(GemAnswerUnreadable);
  await expect(reading).rejects.toThrow('a record that cannot be stored');
});
