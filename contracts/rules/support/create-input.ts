// The input of create calls, and what it refers to.
import type { GemSchemas } from '../../gem.ts';
import type { UnifiedSchemas } from '../../unified.ts';
import type { ActionResult, Run } from '../../harness/run.ts';

/** The two ways of creating an application. */
export const creates = ['createAtsCandidate', 'createAtsApplication'] as const;

/** The fields of both bodies: they name the job and the stage in different places. */
export type CreateInput = Omit<UnifiedSchemas['CreateApplicationBody'], 'stage_id'> & {
  stage_id?: string;
  application?: { job_id: string; stage_id?: string };
};

/** @returns the body of a create call */
export function inputOf({ sent }: Pick<ActionResult, 'sent'>): CreateInput {
  // All cases send bodies of the unified API.
  return sent.body as CreateInput;
}

/** The reference to the job: its unified id, or `remote:` and its id at Gem. */
export function jobReference({ sent }: Pick<ActionResult, 'sent'>): string {
  return sent.path['job_id'] ?? inputOf({ sent }).application?.job_id ?? '';
}

/** @returns the job as Gem shows it; undefined when there is none, or it is deleted */
export function requestedJob(
  result: Pick<ActionResult, 'sent'>,
  { last }: Run,
): GemSchemas['Job'] | undefined {
  const reference = jobReference(result);
  const id = reference.startsWith('remote:')
    ? reference.slice('remote:'.length)
    : last.unified.jobs.find((job) => job.id === reference)?.remote_id;
  return last.gem.jobs.find((job) => job.id === id && job.deleted_at === null);
}

/**
 * The requests to Gem that ask for exactly this application: with the address and the job of the action. An answer to any
 * other request excuses nothing.
 */
export function createRequests(result: ActionResult, run: Run): ActionResult['requests'] {
  const address = inputOf(result).candidate.email_address.toLowerCase();
  const job = requestedJob(result, run)?.id;
  return result.requests.filter(({ operation, body }) => {
    if (operation !== 'createCandidate' || typeof body !== 'object' || body === null) return false;
    const email: unknown = 'email' in body ? body.email : undefined;
    const isOfJob = 'job_id' in body && body.job_id === job;
    return isOfJob && typeof email === 'string' && email.toLowerCase() === address;
  });
}

/** The unified id of the requested stage. */
export function stageReference({ sent }: Pick<ActionResult, 'sent'>): string | undefined {
  const { stage_id: stageId, application } = inputOf({ sent });
  return stageId ?? application?.stage_id;
}

/** @returns the stage of that unified id as Gem shows it; undefined when there is none, or it is deleted */
export function findStage(unifiedId: string, { last }: Run): GemSchemas['JobStage'] | undefined {
  const remoteId = last.unified['application-stages'].find(({ id }) => id === unifiedId)?.remote_id;
  return last.gem.job_stages.find(({ id, deleted_at }) => id === remoteId && (deleted_at ?? null) === null);
}

/** Whether the input is only a person and an open job by its unified id. */
export function isPlain(result: Pick<ActionResult, 'sent'>, run: Run): boolean {
  const { candidate, application = {}, ...more } = inputOf(result);
  const isOpen = requestedJob(result, run)?.status === 'open' && !jobReference(result).startsWith('remote:');
  return (
    isOpen &&
    Object.keys(more).length === 0 &&
    Object.keys(application).every((key) => key === 'job_id') &&
    Object.keys(candidate).every((key) => storedFields.has(key))
  );
}

/** Fields that Gem stores (kombo-unified-api §3.1). */
const storedFields = new Set([
  'first_name',
  'last_name',
  'email_address',
  'company',
  'title',
  'phone_number',
  'social_links',
]);

/** A file as a create call carries it. */
export type AttachmentInput = NonNullable<CreateInput['attachments']>[number];

/** Whether a file is invalid before Gem sees it (kombo-unified-api §3.1). */
export function isInvalidFile({ data, data_url: address, content_type: type }: AttachmentInput): boolean {
  if ((data === undefined) === (address === undefined)) return true;
  return data !== undefined && (type === undefined || /[^\sA-Za-z0-9+/=]/.test(data));
}
