// Judges servers that are wrong somewhere, on the recorded answers of one that is right.
import { CannotVerify } from '../../../contracts/harness/gem/caller.ts';
import { places } from '../../../contracts/drift/places.ts';
import type { MockGem } from '../../../mock-server/server.ts';
import { Recording } from './recorded.ts';
import { namesOf, startSubject, verify } from './support.ts';
import { wrongOperations, wrongParameters, wrongRefusals } from './wrong-answers.ts';
import { wrongValues, type MadeDeviation } from './wrong-values.ts';

/** Everything that was made, and who judges it. */
export interface Judging {
  deviations: readonly MadeDeviation[];
  /** The promises that a deviation breaks; first those about the form of answers, which cost least. */
  judge(deviation: MadeDeviation): Promise<readonly string[]>;
  close(): Promise<void>;
}

/**
 * Verifies a right server once, and makes all deviations of what it answered.
 *
 * @param isWhole whether by all promises, so that its refusals are known too; otherwise by the form of its answers alone
 */
export async function startJudging({ isWhole }: { isWhole: boolean }): Promise<Judging> {
  const gem = await startSubject({ scenario: 'every-promise' });
  const recording = new Recording();
  await verify(gem, { samples, fetch: recording.fetchOf(), promises: isWhole ? undefined : forms });
  const [values, refusals] = [wrongValues(recording), wrongRefusals(recording)];
  return {
    deviations: [...values, ...wrongOperations(), ...wrongParameters(), ...refusals],
    judge: (deviation) =>
      judge(gem, recording, deviation).catch((error: unknown) => {
        // What is no Gem at all is noticed as well.
        if (error instanceof CannotVerify) return ['it cannot be verified'];
        throw error;
      }),
    close: () => gem.close(),
  };
}

async function judge(
  gem: MockGem,
  recording: Recording,
  deviation: MadeDeviation,
): Promise<readonly string[]> {
  const look = { samples, fetch: recording.fetchOf(deviation) };
  const ofForms = namesOf(await verify(gem, { ...look, promises: forms }), 'broken');
  if (ofForms.length > 0) return ofForms;
  const { operations } = deviation;
  return namesOf(await verify(gem, { ...look, lists: operations }), 'broken');
}

/** Enough to show all kinds of records, and few enough to judge thousands. */
const samples = 30;

const forms = [...places.values()].map(({ name }) => name);
