import type { UnifiedSchemas } from '../contracts/unified.ts';

/** The closed set of codes that a client may see, without the null of a problem that fits none of them. */
export type ProblemCode = NonNullable<UnifiedSchemas['ProblemCode']>;

/**
 * An error that a caller of the unified API gets. It is thrown where it is noticed and becomes an
 * answer in one place, `api/problems.ts`.
 */
export class UnifiedProblem extends Error {
  override readonly name = 'UnifiedProblem';
  /** Null for a problem that fits no code. */
  readonly code: ProblemCode | null;
  readonly status: number;
  /** Short name of the problem, the same for every case of its code. */
  readonly title: string | null;

  constructor(code: ProblemCode | null, message: string, details: { status?: number; cause?: unknown } = {}) {
    super(message, 'cause' in details ? { cause: details.cause } : {});
    const kind = code === null ? { status: 500, title: null } : kinds[code];
    this.code = code;
    this.status = details.status ?? kind.status;
    this.title = kind.title;
  }
}

/** Fewer words than the code may say: what clients of general calls accept (kombo-unified-api §1.3). */
export const withoutCategory = (message: string, status: number, cause?: unknown) =>
  new UnifiedProblem(null, message, { status, cause });

/** The input does not validate, or names something that does not exist. */
export const invalidInput = (message: string, cause?: unknown) =>
  new UnifiedProblem('PLATFORM.INPUT_INVALID', message, { cause });

/** No operation has the path that was called. */
export const noSuchPath = (cause?: unknown) =>
  new UnifiedProblem(
    'PLATFORM.INPUT_INVALID',
    'No operation has this path. /docs lists those that there are.',
    { status: 404, cause },
  );

/** The path exists, but not with the method that was used. */
export const noSuchMethod = (cause?: unknown) =>
  new UnifiedProblem('PLATFORM.INPUT_INVALID', 'This path exists, but not with this HTTP method.', {
    status: 405,
    cause,
  });

/** What came is no request that HTTP knows, or is more than is taken. */
export const unreadableRequest = (message: string, status: 400 | 408 | 413 | 431) =>
  new UnifiedProblem('PLATFORM.INPUT_INVALID', message, { status });

/** The API key is missing or belongs to no environment. */
export const unknownApiKey = () =>
  new UnifiedProblem(
    'PLATFORM.AUTHENTICATION_INVALID',
    'The API key is missing or wrong. Send the key of the environment as "Authorization: Bearer <key>".',
  );

/** The key has used up its window. */
export const tooManyCalls = () =>
  new UnifiedProblem(
    'PLATFORM.RATE_LIMIT_EXCEEDED',
    'This API key has made too many calls. Repeat the call after as many seconds as the header ratelimit-reset says.',
  );

/** As many actions of the integration run as may. */
export const tooManyActions = () =>
  new UnifiedProblem(
    'PLATFORM.CONCURRENCY_LIMIT_EXCEEDED',
    'Too many actions of this integration run at once. Repeat the call when one of them has ended.',
  );

/** The caller has waited long enough; the action itself goes on. */
export const actionTimedOut = () =>
  new UnifiedProblem(
    'PLATFORM.TASK_TIMED_OUT',
    'The action takes too long. It goes on without you: look whether it was done before you repeat the call.',
  );

/** The call does not say which integration it is about. */
export const missingIntegration = () =>
  invalidInput('The header X-Integration-Id is missing. Send the id of an integration, as in "gem:8d1h…".');

/** The environment has no such integration. */
export const unknownIntegration = () =>
  new UnifiedProblem(
    'PLATFORM.INTEGRATION_NOT_FOUND',
    'This environment has no integration with the id in the header X-Integration-Id.',
  );

/** Nothing can be read before the first full sync has ended. */
export const firstSyncPending = () =>
  new UnifiedProblem(
    'INTEGRATION.SETUP_SYNC_PENDING',
    'The first sync of this integration has not finished yet. Repeat the call later; it succeeds once the sync is done.',
  );

/** Nothing is read or written while the integration is switched off (kombo-unified-api §4.8). */
export const switchedOff = () =>
  new UnifiedProblem(
    'INTEGRATION.INACTIVE',
    'The integration is switched off. Switch it on with PUT /integrations/{id}/enabled and repeat the call.',
  );

/** The record that the path names is not known (kombo-unified-api §3.5). */
export const noSuchRecord = (record: 'application' | 'candidate') =>
  new UnifiedProblem(
    'PLATFORM.INPUT_INVALID',
    `No ${record} has this id. Take the id from /ats/${record}s.`,
    { status: 404 },
  );

/** A link leads to no file, or no longer does; the answer does not say which. */
export const noSuchFile = () =>
  new UnifiedProblem(
    'PLATFORM.INPUT_INVALID',
    'This link leads to no file, or has expired. Ask for the attachments again to get a new one.',
    { status: 404 },
  );

/** Gem has a file, but does not give it out. */
export const fileUnavailable = (cause: Error) =>
  new UnifiedProblem(
    'REMOTE.UNKNOWN_HTTP_ERROR',
    `The file could not be fetched from Gem: ${cause.message}.`,
    {
      cause,
    },
  );

/** Gem takes a write only in the name of a user, and none was chosen for the integration. */
export const noActingUser = () =>
  new UnifiedProblem(
    'INTEGRATION.SETUP_INCOMPLETE',
    'The integration has no acting user, in whose name Gem could be written to. Choose one and repeat the call.',
  );

/** Gem's connector does not cover this model. */
export const modelNotAvailable = (model: string) =>
  new UnifiedProblem('INTEGRATION.MODEL_NOT_AVAILABLE', `The connector for Gem has no ${model}.`);

/** The scope config, or the customer, has switched the model off (kombo-unified-api §4.9). */
export const modelDisabled = (model: string) =>
  new UnifiedProblem(
    'INTEGRATION.MODEL_DISABLED',
    `The model ${model} is switched off for this integration. GET /scope-config shows what the environment has on.`,
  );

/** The same of an action. */
export const actionDisabled = (action: string) =>
  new UnifiedProblem(
    'INTEGRATION.ACTION_DISABLED',
    `The action ${action} is switched off for this integration. GET /scope-config shows what the environment has on.`,
  );

/** Gem's connector does not have this action. */
export const actionNotAvailable = (action: string) =>
  new UnifiedProblem(
    'INTEGRATION.ACTION_NOT_AVAILABLE',
    `The connector for Gem does not have the action of ${action}.`,
  );

/** The job that was applied to takes no more applications. */
export const closedJob = () =>
  new UnifiedProblem('ATS.JOB_CLOSED', 'The job is closed and takes no applications.');

/** The same person has applied to the same job before. */
export const existingApplication = (cause: unknown) =>
  new UnifiedProblem(
    'ATS.APPLICATION_ALREADY_EXISTS',
    'This person has an active application to this job already.',
    { cause },
  );

/** Gem has created what was asked for and does not show it: an error that would be repeated creates it twice. */
export const createdUnseen = (cause: unknown) =>
  new UnifiedProblem(
    'ATS.APPLICATION_ALREADY_EXISTS',
    'Gem has created the application, but does not show it yet, so its id is not known. Do not repeat the call: it appears in /ats/applications once Gem shows it.',
    { cause },
  );

/** Gem no longer accepts the credentials of the integration. */
export const refusedByGem = (cause: unknown) =>
  new UnifiedProblem(
    'INTEGRATION.AUTHENTICATION_INVALID',
    'Gem does not accept the credentials of this integration. Connect it again with a valid key.',
    { cause },
  );

/** Gem takes the credentials, and does not let them do this. */
export const forbiddenByGem = (message: string, cause: unknown) =>
  new UnifiedProblem(
    'INTEGRATION.PERMISSION_MISSING',
    `${message}. Let an administrator of Gem give the key this permission, and repeat the call.`,
    { cause },
  );

/** Gem refused the values, or does not know a record that they name. */
export const inputRefusedByGem = (message: string, cause: unknown) =>
  new UnifiedProblem('REMOTE.INPUT_INVALID', message, { cause });

/** Gem throttled the connector for longer than its own retries last. */
export const throttledByGem = (cause: unknown) =>
  new UnifiedProblem(
    'REMOTE.RATE_LIMIT_EXCEEDED',
    'Gem is throttling this integration. Repeat the call later.',
    {
      cause,
    },
  );

/** Gem is down or does not answer. */
export const gemUnavailable = (cause: unknown) =>
  new UnifiedProblem('REMOTE.SERVICE_UNAVAILABLE', 'Gem does not answer. Repeat the call later.', { cause });

/**
 * Gem says that it does not have what the call needs. No code of Kombo's is made for that: it is the tool's error, and none
 * of those that have a code of their own (kombo-unified-api §1.3; the choice is assumed).
 */
export const lackedByGem = (cause: unknown) =>
  new UnifiedProblem(
    'REMOTE.UNKNOWN_HTTP_ERROR',
    'Gem does not offer what this call needs. Repeating the call does not help.',
    { cause },
  );

/** Gem answered with something that the connector cannot read. */
export const unreadableGemAnswer = (cause: unknown) =>
  new UnifiedProblem('REMOTE.UNKNOWN_HTTP_ERROR', 'Gem gave an answer that could not be understood.', {
    cause,
  });

/** A defect of the connector; only the log says which. */
export const unknownError = (cause: unknown) =>
  new UnifiedProblem('PLATFORM.UNKNOWN_ERROR', 'The connector failed on this call. Its log tells why.', {
    cause,
  });

/**
 * The connector's own database is away. Kombo has no code for that; its clients repeat a call for its status (kombo-unified-api
 * §1.1, §1.3).
 */
export const databaseAway = (cause: unknown) =>
  new UnifiedProblem(
    'PLATFORM.UNKNOWN_ERROR',
    'The connector cannot use its database at the moment. Repeat the call in a few seconds.',
    { status: 503, cause },
  );

/** Statuses of kombo-unified-api §1.3; a test holds them against the description. */
const kinds: Readonly<Record<ProblemCode, { status: number; title: string }>> = {
  'PLATFORM.RATE_LIMIT_EXCEEDED': { status: 429, title: 'Too many calls' },
  'PLATFORM.CONCURRENCY_LIMIT_EXCEEDED': { status: 429, title: 'Too many actions at once' },
  'PLATFORM.INTEGRATION_NOT_FOUND': { status: 404, title: 'Integration not found' },
  'PLATFORM.INPUT_INVALID': { status: 400, title: 'Invalid input' },
  'PLATFORM.UNKNOWN_ERROR': { status: 500, title: 'Unknown error' },
  'PLATFORM.IP_NOT_WHITELISTED': { status: 403, title: 'Address not allowed' },
  'PLATFORM.AUTHENTICATION_INVALID': { status: 401, title: 'Invalid API key' },
  'PLATFORM.TASK_TIMED_OUT': { status: 504, title: 'Action timed out' },
  'INTEGRATION.PERMISSION_MISSING': { status: 403, title: 'Missing permission' },
  'INTEGRATION.AUTHENTICATION_INVALID': { status: 403, title: 'Invalid credentials' },
  'INTEGRATION.SETUP_SYNC_PENDING': { status: 409, title: 'First sync pending' },
  'INTEGRATION.SETUP_INCOMPLETE': { status: 409, title: 'Setup incomplete' },
  'INTEGRATION.QA_FAILED': { status: 409, title: 'Setup check failed' },
  'INTEGRATION.INACTIVE': { status: 409, title: 'Integration switched off' },
  'INTEGRATION.MODEL_NOT_AVAILABLE': { status: 400, title: 'Model not available' },
  'INTEGRATION.MODEL_DISABLED': { status: 403, title: 'Model switched off' },
  'INTEGRATION.ACTION_NOT_AVAILABLE': { status: 400, title: 'Action not available' },
  'INTEGRATION.ACTION_DISABLED': { status: 403, title: 'Action switched off' },
  'REMOTE.SERVICE_UNAVAILABLE': { status: 503, title: 'Gem unavailable' },
  'REMOTE.RATE_LIMIT_EXCEEDED': { status: 429, title: 'Throttled by Gem' },
  'REMOTE.INPUT_INVALID': { status: 400, title: 'Input refused by Gem' },
  'REMOTE.UNKNOWN_HTTP_ERROR': { status: 502, title: 'Unexpected answer from Gem' },
  'ATS.JOB_CLOSED': { status: 400, title: 'Job closed' },
  'ATS.APPLICATION_ALREADY_EXISTS': { status: 400, title: 'Application already exists' },
};
