import { GemAnswerUnreadable, GemError, GemThrottled, GemUnavailable } from '../gem/errors.ts';
import type { GemClient } from '../gem/client.ts';
import { askForApplication, askForCandidate } from './applications-of-person.ts';
import type { FoundApplication } from './find-records.ts';
import type { SeenApplication } from './gem-answers.ts';

/**
 * Asks Gem how an application stands now. That an application can be asked for by its id is not proven (gem-ats-api §2.1),
 * so where that is refused it is looked for with its candidate.
 *
 * @returns undefined where Gem does not let it be asked
 * @throws GemError when Gem is down, or knows neither the application nor its candidate
 */
export async function showApplication(
  gem: GemClient,
  { remoteId, candidateRemoteId }: Pick<FoundApplication, 'remoteId' | 'candidateRemoteId'>,
): Promise<SeenApplication | undefined> {
  try {
    const application = await askForApplication(gem, remoteId);
    if (application) return application;
  } catch (error) {
    const isDown = error instanceof GemUnavailable || error instanceof GemThrottled;
    if (isDown || !(error instanceof GemError) || candidateRemoteId === null) throw error;
    const candidate = await askForCandidate(gem, candidateRemoteId).catch(() => {
      throw error;
    });
    const nested = candidate?.applications.find(({ id }) => id === remoteId);
    // A candidate who names others and not this one has lost it.
    if (!nested && candidate?.namesApplications && !candidate.applicationIds.includes(remoteId)) throw error;
    return nested;
  }
  return undefined;
}

/**
 * Whose application it is by now, and for which job: Gem is asked, and what is stored counts where it does not say it.
 *
 * @throws GemError when neither says it
 */
export async function currentApplication(
  gem: GemClient,
  stored: FoundApplication,
): Promise<{ candidateId: string; jobName: string | null }> {
  const { candidateRemoteId, jobRemoteId } = stored;
  const shown = await showApplication(gem, stored).catch((error: unknown) => {
    if (candidateRemoteId !== null && error instanceof GemError) return undefined;
    throw error;
  });
  const candidateId = shown?.candidateId ?? candidateRemoteId;
  if (candidateId === null) {
    throw new GemAnswerUnreadable('getApplication', 'Gem does not say whose application it is');
  }
  // Of a job that is stored, the lists have the name.
  const job = shown?.job;
  return { candidateId, jobName: job && job.id !== jobRemoteId ? job.name : stored.jobName };
}
