import { hash } from 'node:crypto';
import { toInstant } from '../../contracts/clock.ts';
import type { GemSchemas } from '../../contracts/gem.ts';
import { closedJob, createdUnseen, invalidInput } from '../errors.ts';
import type { GemClient } from '../gem/client.ts';
import { GemError, GemNotFound, GemRefusedInput, GemThrottled, GemUnavailable } from '../gem/errors.ts';
import { toGemCandidate } from '../policy/personal-emails.ts';
import { type LoadedAttachment, toResumeUpload } from '../policy/resume-attachments.ts';
import { toWebAddress } from '../policy/web-address.ts';
import {
  dropCreation,
  findCreation,
  saveCreation,
  type PendingCreation,
  type PendingFile,
} from '../store/queries/creations.ts';
import type { Integration } from '../store/queries/integrations.ts';
import { collectWrite, lastWriteNumber } from '../store/queries/recent-writes.ts';
import { type FoundApplication, shownOf } from './applications-of-person.ts';
import {
  writeCreationInput,
  type Before,
  createAtGem,
  isRefusalOfSource,
  isUncertain,
} from './create-at-gem.ts';
import {
  type Created,
  type CreationResult,
  finishCreation,
  nextTryAfter,
  turnOf,
} from './finish-creation.ts';
import { loadAttachments } from './load-attachments.ts';
import { digestOf, oneAtATime } from './one-at-a-time.ts';
import { isClosedNow, resolveJob, resolveStage } from './resolve-job-and-stage.ts';
import { resolveSource } from './resolve-source.ts';
import type { Services } from './services.ts';
import { type CreateBody, warnOfUncoveredInput } from './warnings.ts';
import { listResumes } from './upload-resumes.ts';
import { WrittenUnseen } from './write-once.ts';

/** What both create calls ask for. */
export interface CreateInput {
  /** A job's id, or `remote:` and its id at Gem. */
  job: string;
  stageId: string | undefined;
  body: CreateBody;
}

/**
 * Creates an application, and its candidate if Gem does not know the person, and stores both, so that the lists show
 * them at once (kombo-unified-api §3.1, §3.2). All input is checked before the first write. What is asked for is kept
 * until it is done: a process that dies on the way loses nothing, and the same call sent several times at once creates
 * once, and is answered alike.
 *
 * @throws UnifiedProblem for input that cannot be used; GemError when Gem refuses or fails
 */
export async function create(
  services: Services,
  integration: Integration,
  input: CreateInput,
): Promise<Created> {
  const { database, locks, clock, actionTimeLimit = Infinity } = services;
  const { body } = input;
  const integrationId = integration.id;
  const before = await lastWriteNumber(database, integrationId);
  const deadline = clock.now() + actionTimeLimit;
  const isCallerThere = () => clock.now() < deadline;

  refuseOtherLinks(body.candidate.social_links ?? []);
  const attachments = await loadAttachments(body.attachments ?? [], services.downloads);
  const job = await resolveJob(services, integration, input.job);
  const initialStageId =
    input.stageId === undefined ? undefined : await resolveStage(services, integration, job, input.stageId);
  const source = await resolveSource(services, integration, body.source);
  const { remoteId: jobId } = job;
  const candidateBody = toGemCandidate(body, { jobId, initialStageId, sourceId: source.sourceId });
  const email = candidateBody.email.toLowerCase();
  const call = digestOf([{ ...candidateBody, email }, attachments.map(digestOfFile)]);
  const key = { integrationId, target: digestOf([jobId, email]), turn: digestOf(email) };
  const warnings = [...warnOfUncoveredInput(body), ...source.warnings];

  const result = await oneAtATime(locks, turnOf(key), async () => {
    const agreed = await collectWrite(database, { integrationId, target: call }, before);
    if (isResult(agreed?.result)) return agreed.result;
    const earlier = await finishEarlier(services, integration, { key, call, isCallerThere });
    if (earlier) return earlier;
    return createNew(services, integration, {
      ...key,
      call,
      candidateBody,
      attachments,
      warnings,
      isCallerThere,
    });
  });
  return { ...result, body: candidateBody };
}

function refuseOtherLinks(links: readonly { url: string }[]): void {
  for (const [index, { url }] of links.entries()) {
    if (toWebAddress(url) !== undefined) continue;
    throw invalidInput(`body candidate.social_links[${index}].url must be an http or https address.`);
  }
}

interface NewCreation extends Pick<PendingCreation, 'integrationId' | 'target' | 'turn' | 'call'> {
  candidateBody: GemSchemas['CreateCandidateBody'];
  attachments: readonly LoadedAttachment[];
  warnings: readonly string[];
  isCallerThere: () => boolean;
}

/** Finishes what an earlier call began: its process died, or its end was not seen. @returns its result, if it is the same call */
async function finishEarlier(
  services: Services,
  integration: Integration,
  {
    key,
    call,
    isCallerThere,
  }: { key: Pick<PendingCreation, 'integrationId' | 'target'>; call: string; isCallerThere: () => boolean },
): Promise<CreationResult | undefined> {
  const earlier = await findCreation(services, key);
  if (!earlier) return undefined;
  const isSame = earlier.call === call;
  const finishing = { isCallerThere: () => isSame && isCallerThere() };
  const result = await finishCreation(services, integration, earlier, finishing);
  return isSame ? result : undefined;
}

async function createNew(
  services: Services,
  integration: Integration,
  { candidateBody, attachments, warnings, isCallerThere, ...keys }: NewCreation,
): Promise<CreationResult> {
  const { database, clock } = services;
  const gem = services.clientOf(integration);
  const now = clock.now();
  const before = await lookBefore(gem, candidateBody, {
    now,
    hasFiles: attachments.length > 0 && integration.actingUserId !== null,
  });
  const pending: PendingCreation = {
    ...keys,
    asked: writeCreationInput({ body: candidateBody, before }),
    created: null,
    warnings: [...warnings],
    isTold: false,
    begunAt: toInstant(now),
    files: attachments.map(toPendingFile),
  };
  await saveCreation(services, pending, toInstant(now + nextTryAfter(0)));
  try {
    const { created, unwritten } = await write(gem, candidateBody, before);
    const result = await finishCreation(services, integration, pending, {
      created,
      warnings: unwritten,
      isCallerThere,
    });
    if (result) return result;
    throw new Error('what was created is not there');
  } catch (error) {
    // What may have happened is looked for later, by the call that is repeated or by a worker.
    if (!isUncertain(error)) await dropCreation(database, pending);
    if (error instanceof WrittenUnseen) throw createdUnseen(error);
    throw await refusalOf(services, integration, candidateBody.job_id, error);
  }
}

/** A margin for clocks that differ, in milliseconds. */
const clockMargin = 900_000;

/**
 * Looks what Gem shows of the person before anything is created.
 *
 * @throws GemError when Gem is down: nothing was written then, and nothing would be
 */
async function lookBefore(
  gem: GemClient,
  candidateBody: GemSchemas['CreateCandidateBody'],
  { now, hasFiles }: { now: number; hasFiles: boolean },
): Promise<Before> {
  const shown = await shownOf(gem, candidateBody, clockMargin, now).catch(unlessDown);
  const since = shown?.since ?? toInstant(now - clockMargin);
  const files: string[] = [];
  for (const candidateId of hasFiles ? (shown?.candidates ?? []) : []) {
    const resumes = await listResumes(gem, { candidateId, since }).catch(unlessDown);
    files.push(...(resumes ?? []).map(({ id }) => id));
  }
  return { shown, since, files };
}

/** Where Gem does not let something be asked, it can be written all the same. */
function unlessDown(error: unknown): undefined {
  const isDown = error instanceof GemUnavailable || error instanceof GemThrottled;
  if (isDown || !(error instanceof GemError)) throw error;
}

/** Where Gem does not let us read its sources, only its refusal tells that it lacks one; that is no reason to create nothing. */
async function write(
  gem: GemClient,
  candidateBody: GemSchemas['CreateCandidateBody'],
  before: Before,
): Promise<{ created: FoundApplication; unwritten: string[] }> {
  try {
    return { created: await createAtGem(gem, candidateBody, before), unwritten: [] };
  } catch (error) {
    if (candidateBody.source_id === undefined || !isRefusalOfSource(error)) throw error;
    const { source_id: _, ...withoutSource } = candidateBody;
    const created = await createAtGem(gem, withoutSource, before);
    return { created, unwritten: ['source was not written: Gem has no such source.'] };
  }
}

/** A job may have been closed a moment ago: callers branch on that (kombo-unified-api §1.3). */
async function refusalOf(
  services: Services,
  integration: Integration,
  jobId: string,
  error: unknown,
): Promise<unknown> {
  const isRefusal = error instanceof GemRefusedInput || error instanceof GemNotFound;
  return isRefusal && (await isClosedNow(services, integration, jobId)) ? closedJob() : error;
}

function toPendingFile(attachment: LoadedAttachment, position: number): PendingFile {
  return { position, ...toResumeUpload(attachment), uploadedAs: null };
}

function digestOfFile(attachment: LoadedAttachment): object {
  const { filename, contentType, content } = toResumeUpload(attachment);
  return [filename, contentType, hash('sha256', content)];
}

function isResult(value: unknown): value is CreationResult {
  return typeof value === 'object' && value !== null && 'applicationId' in value && 'candidateId' in value;
}
