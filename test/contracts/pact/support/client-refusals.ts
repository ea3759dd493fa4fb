// What the official client is refused, by the code that tells it from the others.
import type { Kombo } from '@kombo-api/sdk';
import type { UnifiedSchemas } from '../../../../contracts/unified.ts';
import { examples, injected, unknownId } from './unified-state.ts';
import type { UnifiedExchange } from './unified-exchange.ts';

type Code = UnifiedSchemas['ProblemCode'];

/** An interaction that ends in a refusal. */
export interface ClientRefusal extends Omit<UnifiedExchange, 'answer'> {
  status: number;
  code: Code;
}

const person = { first_name: 'Ada', last_name: 'Lovelace', email_address: 'ada@example.com' };
const file = { name: 'a.pdf', type: 'CV', content_type: 'application/pdf', data: 'AAAA' } as const;
const usual = { ignore_unsupported_filters: 'false', include_deleted: 'false', page_size: '100' };
const ids = { application_id: 'unknown', candidate_id: 'unknown' };
const tracked = '2026-01-01T00:00:00.000Z';
const { integration_id } = examples;

function lacksModel(operation: UnifiedExchange['operation'], call: UnifiedExchange['call']): ClientRefusal {
  const about = 'which Gem does not have';
  return { operation, about, call, status: 400, code: 'INTEGRATION.MODEL_NOT_AVAILABLE' };
}

function lacksAction(
  operation: UnifiedExchange['operation'],
  body: object,
  call: UnifiedExchange['call'],
): ClientRefusal {
  const about = 'which the connector does not do';
  const code = 'INTEGRATION.ACTION_NOT_AVAILABLE';
  return { operation, about, path: ids, body, call, status: 400, code };
}

function jobsOf(about: string, more: Partial<ClientRefusal> & Pick<ClientRefusal, 'status' | 'code'>) {
  return { operation: 'getAtsJobs', about, call: (kombo: Kombo) => kombo.ats.getJobs(), ...more } as const;
}

function applying(
  about: string,
  job: 'backend' | 'closed' | 'unknown',
  more: Pick<ClientRefusal, 'status' | 'code'> & Pick<UnifiedExchange, 'state'>,
  candidate = person,
): ClientRefusal {
  return {
    operation: 'createAtsApplication',
    about,
    path: { job_id: job === 'unknown' ? unknownId : job },
    body: { candidate },
    call: (kombo) =>
      kombo.ats.createApplication({
        job_id: job === 'unknown' ? unknownId : examples[job],
        body: { candidate },
      }),
    ...more,
  };
}

/** A call that cannot be answered without Gem. */
function attachments(about: string, more: Pick<ClientRefusal, 'state' | 'status' | 'code'>): ClientRefusal {
  return {
    operation: 'getAtsCandidateAttachments',
    about,
    path: { candidate_id: 'candidate' },
    call: (kombo) => kombo.ats.getCandidateAttachments({ candidate_id: examples.candidate }),
    ...more,
  };
}

export const clientRefusals: readonly ClientRefusal[] = [
  lacksModel('getAtsTags', (kombo) => kombo.ats.getTags()),
  lacksModel('getAtsOffers', (kombo) => kombo.ats.getOffers()),
  lacksModel('getAtsRejectionReasons', (kombo) => kombo.ats.getRejectionReasons()),
  lacksModel('getAtsRoles', (kombo) => kombo.ats.getRoles()),
  lacksAction('rejectAtsApplication', { rejection_reason_id: 'r' }, (kombo) =>
    kombo.ats.rejectApplication({ application_id: 'unknown', body: { rejection_reason_id: 'r' } }),
  ),
  lacksAction('createAtsApplicationNote', { content: 'n', content_type: 'PLAIN_TEXT' }, (kombo) =>
    kombo.ats.addApplicationNote({
      application_id: 'unknown',
      body: { content: 'n', content_type: 'PLAIN_TEXT' },
    }),
  ),
  lacksAction('createAtsApplicationAttachment', { attachment: file }, (kombo) =>
    kombo.ats.addApplicationAttachment({ application_id: 'unknown', body: { attachment: file } }),
  ),
  lacksAction('createAtsCandidateAttachment', { attachment: file }, (kombo) =>
    kombo.ats.addCandidateAttachment({ candidate_id: 'unknown', body: { attachment: file } }),
  ),
  lacksAction('createAtsCandidateTag', { tag: { name: 't' } }, (kombo) =>
    kombo.ats.addCandidateTag({ candidate_id: 'unknown', body: { tag: { name: 't' } } }),
  ),
  lacksAction('deleteAtsCandidateTag', { tag: { name: 't' } }, (kombo) =>
    kombo.ats.removeCandidateTag({ candidate_id: 'unknown', body: { tag: { name: 't' } } }),
  ),
  lacksAction('importTrackedAtsApplication', { tracked_at: tracked }, (kombo) =>
    kombo.ats.importTrackedApplication({ tracked_at: new Date(tracked) }),
  ),
  {
    operation: 'checkApiKey',
    about: 'with a key that nobody knows',
    state: null,
    headers: { Authorization: 'Bearer unknown' },
    call: (kombo) => kombo.general.checkApiKey(),
    client: { api_key: 'unknown' },
    status: 401,
    code: 'PLATFORM.AUTHENTICATION_INVALID',
  },
  {
    operation: 'checkApiKey',
    about: 'above the rate limit',
    state: 'the caller has used up the rate limit',
    call: (kombo) => kombo.general.checkApiKey(),
    status: 429,
    code: 'PLATFORM.RATE_LIMIT_EXCEEDED',
  },
  jobsOf('of an integration that does not exist', {
    headers: { 'X-Integration-Id': 'gem:unknown' },
    client: { integration_id: 'gem:unknown' },
    status: 404,
    code: 'PLATFORM.INTEGRATION_NOT_FOUND',
  }),
  {
    operation: 'getIntegration',
    about: 'one that does not exist',
    path: { integration_id: 'unknown_integration_id' },
    call: (kombo) => kombo.general.getIntegrationDetails({ integration_id: examples.unknown_integration_id }),
    status: 404,
    code: 'PLATFORM.INTEGRATION_NOT_FOUND',
  },
  {
    operation: 'getIntegrationByToken',
    about: 'with a token that nobody knows',
    path: { token: 'unknown' },
    call: (kombo) => kombo.connect.getIntegrationByToken({ token: 'unknown' }),
    status: 404,
    code: 'PLATFORM.INTEGRATION_NOT_FOUND',
  },
  jobsOf('before the first sync has finished', {
    state: 'the first sync has not finished',
    status: 409,
    code: 'INTEGRATION.SETUP_SYNC_PENDING',
  }),
  jobsOf('while the integration is switched off', {
    state: 'the integration is switched off',
    status: 409,
    code: 'INTEGRATION.INACTIVE',
  }),
  {
    operation: 'createSetupLink',
    about: 'for a setup that lacks nothing',
    path: { integration_id: 'integration_id' },
    body: { language: 'en', link_type: 'EMBEDDED' },
    call: (kombo) => kombo.general.createSetupLink({ integration_id, body: { link_type: 'EMBEDDED' } }),
    status: 400,
    code: 'PLATFORM.INPUT_INVALID',
  },
  {
    ...jobsOf('with a cursor of the caller’s own making', {
      status: 400,
      code: 'PLATFORM.INPUT_INVALID',
    }),
    query: { ...usual, cursor: 'unknown' },
    call: (kombo) => kombo.ats.getJobs({ cursor: 'unknown' }),
  },
  {
    operation: 'moveAtsApplicationToStage',
    about: 'one that does not exist',
    path: { application_id: 'unknown' },
    body: { stage_id: injected('backend.stages.5') },
    call: (kombo) =>
      kombo.ats.moveApplicationToStage({
        application_id: 'unknown',
        body: { stage_id: examples['backend.stages.5'] },
      }),
    status: 404,
    code: 'PLATFORM.INPUT_INVALID',
  },
  applying('to a job that does not exist', 'unknown', { status: 400, code: 'PLATFORM.INPUT_INVALID' }),
  applying('to a closed job', 'closed', { state: 'default', status: 400, code: 'ATS.JOB_CLOSED' }),
  applying(
    'by somebody who has applied already',
    'backend',
    { status: 400, code: 'ATS.APPLICATION_ALREADY_EXISTS' },
    { ...person, email_address: 'iris.interviewed@example.com' },
  ),
  applying('while Gem refuses the key', 'backend', {
    state: 'the key was revoked',
    status: 403,
    code: 'INTEGRATION.AUTHENTICATION_INVALID',
  }),
  attachments('while a page of HTML comes from Gem', {
    state: 'a page of HTML stands in between',
    status: 502,
    code: 'REMOTE.UNKNOWN_HTTP_ERROR',
  }),
  attachments('while Gem throttles the connector', {
    state: 'the rate limit is used up',
    status: 429,
    code: 'REMOTE.RATE_LIMIT_EXCEEDED',
  }),
  attachments('while Gem is down', {
    state: 'Gem is down',
    status: 503,
    code: 'REMOTE.SERVICE_UNAVAILABLE',
  }),
];
