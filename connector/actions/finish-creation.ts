import { toInstant } from '../../contracts/clock.ts';
import type { GemSchemas } from '../../contracts/gem.ts';
import type { GemClient } from '../gem/client.ts';
import { type Integration, findIntegration } from '../store/queries/integrations.ts';
import {
  type CreatedIds,
  dropCreation,
  noteCreated,
  noteFile,
  type PendingCreation,
  putOffCreation,
  rememberCreated,
  type CreationKey,
  dueCreations,
  findCreation,
  forgetCreations,
} from '../store/queries/creations.ts';
import { noteWrite, forgetWrites } from '../store/queries/recent-writes.ts';
import { askForCandidate, findNewApplication, type FoundApplication } from './applications-of-person.ts';
import { type Before, readCreationInput } from './create-at-gem.ts';
import type { Services } from './services.ts';
import { storeCreated } from './store-created.ts';
import { uploadResumes } from './upload-resumes.ts';
import type { Kind, WorkContext } from '../work/worker.ts';

/** What it takes to finish a creation. */
export type FinishingServices = Pick<Services, 'database' | 'vault' | 'clock' | 'log' | 'clientOf'>;

/** What came of a creation, by Gem's ids. */
export interface CreationResult {
  candidateId: string;
  applicationId: string;
  /** By Gem's clock; null when it does not say so. */
  appliedAt: string | null;
  /** What was asked for and could not be done. */
  warnings: string[];
}

/** What a create call made. */
export interface Created extends CreationResult {
  /** What Gem was asked for. */
  body: GemSchemas['CreateCandidateBody'];
}

/** How a creation is finished. */
export interface Finishing {
  /** What was just created; left out when an earlier call or process created it. */
  created?: FoundApplication;
  /** What could not be written. */
  warnings?: readonly string[];
  /** Whether a caller is waiting for the result. */
  isCallerThere: () => boolean;
}

/**
 * Does what is left of a creation once Gem has the application: uploads its files, stores it, and deletes what was
 * saved of the call. What has been done before is not done again. The caller holds the turn of the person.
 *
 * @returns undefined when Gem does not show that anything was created
 * @throws GemError when nothing is known of it and Gem cannot be asked; all else is put off and logged
 */
export async function finishCreation(
  services: FinishingServices,
  integration: Integration,
  pending: PendingCreation,
  { created: justCreated, warnings: unwritten = [], isCallerThere }: Finishing,
): Promise<CreationResult | undefined> {
  const { database, clock, log } = services;
  const gem = services.clientOf(integration);
  const { body, before } = readCreationInput(pending.asked);
  const created = justCreated ?? (await recall(gem, pending, body, before));
  if (!created) return undefined;

  const warnings = [...pending.warnings, ...unwritten];
  const { candidateId, applicationId, appliedAt } = created;
  const ids: CreatedIds = { candidateId, applicationId, appliedAt };
  const at = toInstant(clock.now());
  const attempt = attemptWith(log);
  if (pending.created === null) {
    await attempt('note what was created', async () => {
      await rememberCreated(database, {
        integrationId: integration.id,
        applicationRemoteId: applicationId,
        candidateRemoteId: candidateId,
        at: appliedAt ?? at,
      });
      await noteCreated(database, pending, ids, warnings);
    });
  }

  const to = {
    candidateId,
    actingUserId: integration.actingUserId,
    since: appliedAt ?? before.since,
    known: before.files,
    isResumed: justCreated === undefined,
  };
  const { warnings: unstored, isIncomplete } = await uploadResumes(gem, to, pending.files, (file) =>
    attempt('note that a file is uploaded', () => noteFile(database, pending, file)),
  );

  const read = await attempt('read a candidate again after its creation', () =>
    askForCandidate(gem, candidateId),
  );
  await attempt('store what was created', () =>
    storeCreated(services, integration, { created, body, read, at }),
  );
  const result = { candidateId, applicationId, appliedAt, warnings: [...warnings, ...unstored] };
  await attempt('end a creation', () => conclude(services, pending, result, { isIncomplete, isCallerThere }));
  return result;
}

/** Milliseconds until what could not be finished is tried again: the longer it has waited, the longer it waits. */
export function nextTryAfter(age: number): number {
  return Math.min(Math.max(age / 2, 10_000), 600_000);
}

/** What Gem made of a creation that was begun before. */
async function recall(
  gem: GemClient,
  { created }: PendingCreation,
  body: GemSchemas['CreateCandidateBody'],
  before: Before,
): Promise<FoundApplication | undefined> {
  if (created === null) return findNewApplication(gem, body, before);
  return { ...created, application: undefined, candidate: undefined };
}

/** What was done at Gem is done: a failure afterwards is logged, and fails nothing. */
function attemptWith(log: Services['log']) {
  return async <Result>(what: string, act: () => Promise<Result>): Promise<Result | undefined> => {
    try {
      return await act();
    } catch (error) {
      log(`could not ${what}`, error);
      return undefined;
    }
  };
}

async function conclude(
  { database, clock }: FinishingServices,
  pending: PendingCreation,
  result: CreationResult,
  { isIncomplete, isCallerThere }: { isIncomplete: boolean; isCallerThere: () => boolean },
): Promise<void> {
  const now = clock.now();
  const isTold = pending.isTold || isCallerThere();
  await database.transaction().execute(async (transaction) => {
    const { integrationId, call: target } = pending;
    const write = { integrationId, target, result, isUncollected: !isTold, at: toInstant(now) };
    await noteWrite(transaction, write);
    if (!isIncomplete) return dropCreation(transaction, pending);
    const nextTryAt = toInstant(now + nextTryAfter(now - Date.parse(pending.begunAt)));
    await putOffCreation(transaction, pending, { nextTryAt, isTold });
  });
}

/** The name of the turn that creations of one person wait for. */
export function turnOf({ integrationId, turn }: Pick<PendingCreation, 'integrationId' | 'turn'>): string {
  return `creations for ${turn} of ${integrationId}`;
}

/**
 * Finishes the applications whose process died between their creation and the upload of the last file, or whose
 * end was not seen. What is done already is not done again. One that Gem never shows is given up: its caller got no
 * success.
 */
export const finishCreations: Kind = {
  name: 'finish-creations',
  atOnce: () => 1,
  retries: 0,
  every: ({ checkEverySeconds }) => checkEverySeconds,
  run: async (context, _data, stopping) => {
    const { store, clock, log } = context;
    const now = clock.now();
    const given = await forgetCreations(store.database, toInstant(now - longest));
    if (given > 0) log(`${given} applications could not be finished within a day, and are given up`);
    await forgetWrites(store.database, toInstant(now - longest));
    for (const due of await dueCreations(store.database, { at: toInstant(now), limit: atATime })) {
      if (stopping.aborted) return;
      await finishOne(context, due);
    }
  },
};

/** Milliseconds for which parts of a call are stored. */
const longest = 24 * 3_600_000;

/** Milliseconds after which an application that Gem does not show was not created. */
const longestUnseen = 3_600_000;

/** The others have their turn soon enough. */
const atATime = 20;

async function finishOne(context: WorkContext, key: CreationKey & { turn: string }): Promise<void> {
  const { store, clock, log, clientOf } = context;
  const { database, vault, locks } = store;
  const lock = await locks.take(turnOf(key));
  // The process that holds it does the work.
  if (!lock) return;
  try {
    const integration = await findIntegration(store, key.integrationId);
    const pending = await findCreation(store, key);
    if (!pending) return;
    const age = clock.now() - Date.parse(pending.begunAt);
    const later = { nextTryAt: toInstant(clock.now() + nextTryAfter(age)), isTold: pending.isTold };
    // First of all, so that one which cannot be finished does not keep the others waiting.
    await putOffCreation(database, key, later);
    if (integration?.state !== 'ACTIVE') return;
    const services = { database, vault, clock, log, clientOf };
    const result = await finishCreation(services, integration, pending, { isCallerThere: () => false });
    if (result) log(`finished an application of ${key.integrationId} whose call was broken off`);
    else if (age > longestUnseen) await dropCreation(database, key);
  } catch (error) {
    log(`an application of ${key.integrationId} could not be finished yet`, error);
  } finally {
    await lock.release();
  }
}
