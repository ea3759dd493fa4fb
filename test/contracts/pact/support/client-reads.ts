// What the official client reads: the six lists, attachments, and what is general.
import { examples, injected, type ValueName } from './unified-state.ts';
import type { UnifiedExchange } from './unified-exchange.ts';
import { integration, tool } from './integration-shapes.ts';
import { items } from './unified-shapes.ts';

const usual = { ignore_unsupported_filters: 'false', include_deleted: 'false', page_size: '100' };

/** A page that holds one record, asked for by its id. */
function list(
  operation: keyof typeof items & UnifiedExchange['operation'],
  id: ValueName,
  call: (ids: [string]) => UnifiedExchange['call'],
): UnifiedExchange {
  return {
    operation,
    about: 'by id',
    query: { ...usual, ids: injected(id) },
    answer: page([items[operation]]),
    call: call([examples[id]]),
  };
}

function page(results: object[]): UnifiedExchange['answer'] {
  return { status: 200, body: { status: 'success', data: { next: null, results } } };
}

function data(told: unknown): UnifiedExchange['answer'] {
  return { status: 200, body: { status: 'success', data: told } };
}

const { integration_id } = examples;
const path = { integration_id: 'integration_id' };

export const reads: readonly UnifiedExchange[] = [
  list('getAtsUsers', 'mats', (ids) => (kombo) => kombo.ats.getUsers({ ids })),
  list('getAtsJobs', 'backend', (ids) => (kombo) => kombo.ats.getJobs({ ids })),
  list('getAtsCandidates', 'candidate', (ids) => (kombo) => kombo.ats.getCandidates({ ids })),
  list('getAtsApplications', 'application', (ids) => (kombo) => kombo.ats.getApplications({ ids })),
  list('getAtsInterviews', 'planned', (ids) => (kombo) => kombo.ats.getInterviews({ ids })),
  list(
    'getAtsApplicationStages',
    'backend.stages.0',
    (ids) => (kombo) => kombo.ats.getApplicationStages({ ids }),
  ),
  {
    operation: 'getAtsApplications',
    about: 'what has changed since, deleted ones too',
    query: { ...usual, include_deleted: 'true', updated_after: '2099-01-01T00:00:00.000Z' },
    answer: page([]),
    call: (kombo) =>
      kombo.ats.getApplications({ updated_after: new Date('2099-01-01T00:00:00Z'), include_deleted: true }),
  },
  {
    operation: 'getAtsApplicationAttachments',
    about: 'of an application with a file',
    state: 'default',
    path: { application_id: 'referred-backend' },
    answer: {
      status: 200,
      body: { status: 'success', data: { results: [items.attachment] }, warnings: [] },
    },
    call: (kombo) => kombo.ats.getApplicationAttachments({ application_id: examples['referred-backend'] }),
  },
  {
    operation: 'getAtsCandidateAttachments',
    about: 'of a candidate with a file',
    state: 'default',
    path: { candidate_id: 'referred' },
    answer: {
      status: 200,
      body: {
        status: 'success',
        data: {
          results: [{ ...items.attachment, application_id: null, candidate_id: examples.referred }],
        },
        warnings: [],
      },
    },
    call: (kombo) => kombo.ats.getCandidateAttachments({ candidate_id: examples.referred }),
  },
  {
    operation: 'checkApiKey',
    about: 'with a key that is known',
    answer: data({ environment_id: '9125q8CDTFSqTUUiBmiexPwq' }),
    call: (kombo) => kombo.general.checkApiKey(),
  },
  {
    operation: 'getIntegration',
    about: 'one that was synced',
    path,
    answer: data(integration),
    call: (kombo) => kombo.general.getIntegrationDetails({ integration_id }),
  },
  {
    operation: 'getTools',
    about: 'of recruiting',
    path: { category: 'ats' },
    answer: data({ tools: [tool] }),
    call: (kombo) => kombo.general.getTools({ category: 'ats' }),
  },
  {
    operation: 'getIntegrationFields',
    about: 'of an integration that was synced',
    path,
    query: { page_size: '100' },
    answer: data({ next: null, results: [items.integrationField] }),
    call: (kombo) => kombo.general.getIntegrationFields({ integration_id }),
  },
  {
    operation: 'getCustomFields',
    about: 'of an integration that was synced',
    path,
    query: { page_size: '100' },
    answer: data({ next: null, results: [items.customField] }),
    call: (kombo) => kombo.general.getCustomFields({ integration_id }),
  },
  {
    operation: 'getIntegrationByToken',
    about: 'after somebody has connected an account',
    state: 'an account was connected through a link',
    path: { token: 'connection_token' },
    answer: data({
      tool: 'gem',
      id: integration_id,
      end_user_origin_id: 'customer-7',
      end_user_organization_name: 'Nordlicht',
      end_user_email: 'grace@example.com',
      setup_status: 'FINAL_SYNC_PENDING',
    }),
    call: (kombo) => kombo.connect.getIntegrationByToken({ token: examples.connection_token }),
  },
  {
    operation: 'sendPassthroughRequest',
    about: 'a read',
    path: { tool: 'gem', api: 'api' },
    body: { method: 'GET', path: '/users/', params: { per_page: '1' } },
    answer: {
      status: 200,
      body: {
        status: 'success',
        data: {
          url: 'https://api.gem.com/ats/v0/users/?per_page=1',
          status: 200,
          headers: { 'content-type': 'application/json' },
          data: [{ id: 'VXNlcjoxMDAwMDAz' }],
        },
        warnings: [],
      },
    },
    call: (kombo) =>
      kombo.general.sendPassthroughRequest({
        tool: 'gem',
        api: 'api',
        body: { method: 'GET', path: '/users/', params: { per_page: '1' } },
      }),
  },
];
