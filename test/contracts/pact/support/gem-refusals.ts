// Every way in which Gem turns a call away that the connector tells from the others, by the error that it becomes.
import type { GemError } from '../../../../connector/gem/errors.ts';
import {
  GemAnswerUnreadable,
  GemForbids,
  GemLacksOperation,
  GemNotFound,
  GemRefusedInput,
  GemRefusedKey,
  GemThrottled,
  GemUnavailable,
} from '../../../../connector/gem/errors.ts';
import type { AnyCall } from '../../../../connector/gem/call-types.ts';
import { MatchersV3 } from '@pact-foundation/pact';
import { examples, injected } from './gem-state.ts';
import type { Exchange } from './gem-exchange.ts';

export interface Refusal {
  error: new (...given: never[]) => GemError;
  exchange: Exchange;
  /** What the connector asks for. */
  call: AnyCall;
  client?: { apiKey?: string; applicationSecret?: string };
  /** What the connector reads of the refusal. */
  tells?: object;
}

const { like } = MatchersV3;

const person = { first_name: 'Ada', last_name: 'Lovelace', email: 'ada@example.com' };
const gateway = (message: string) => ({ message });

function problem(code: number, status: string, more: object = {}) {
  return { code, status, ...more };
}

function create(about: string, more: Partial<Exchange>): Pick<Refusal, 'exchange' | 'call'> {
  const body = { ...person, job_id: examples.backend };
  return {
    exchange: {
      operation: 'createCandidate',
      about,
      body: { ...person, job_id: injected('backend') },
      answer: { status: 400 },
      ...more,
    },
    call: { body },
  };
}

function listSources(
  about: string,
  state: string,
  answer: Exchange['answer'],
): Pick<Refusal, 'exchange' | 'call'> {
  return { exchange: { operation: 'listSources', about, state, answer }, call: {} };
}

function move(
  about: string,
  from: keyof typeof examples,
  to: keyof typeof examples,
  answer: Exchange['answer'],
) {
  const body = { to_stage_id: examples[to], from_stage_id: examples[from], user_id: examples.recruiter };
  return {
    exchange: {
      operation: 'moveApplication',
      about,
      path: { application_id: 'zoe-backend' },
      body: {
        to_stage_id: injected(to),
        from_stage_id: injected(from),
        user_id: injected('recruiter'),
      },
      answer,
    },
    call: { path: { application_id: examples['zoe-backend'] }, body },
  } as const;
}

const unknown = (operation: Exchange['operation'], parameter: string): Refusal => ({
  error: GemNotFound,
  exchange: {
    operation,
    about: 'one that does not exist',
    path: { [parameter]: 'unknown' },
    answer: { status: 404, body: problem(404, 'Not Found', { message: like('Not found.') }) },
  },
  call: { path: { [parameter]: 'unknown' } },
});

export const refusals: readonly Refusal[] = [
  {
    error: GemRefusedKey,
    exchange: {
      operation: 'listTeamUsers',
      about: 'with a key that nobody knows',
      state: null,
      headers: { 'X-API-Key': 'unknown' },
      answer: { status: 403, body: gateway('Forbidden') },
    },
    call: {},
    client: { apiKey: 'unknown' },
  },
  {
    error: GemRefusedKey,
    exchange: {
      operation: 'listTeamUsers',
      about: 'with a key that was revoked',
      state: 'the key was revoked',
      answer: { status: 403, body: gateway('Forbidden') },
    },
    call: {},
  },
  {
    error: GemForbids,
    exchange: {
      operation: 'listTeamUsers',
      about: 'with the application secret of somebody else',
      headers: { 'X-Application-Secret': 'of-somebody-else' },
      answer: { status: 403, body: problem(403, 'Forbidden', { message: like('It is not valid.') }) },
    },
    call: {},
    client: { applicationSecret: 'of-somebody-else' },
  },
  unknown('getJob', 'job_id'),
  unknown('getCandidate', 'candidate_id'),
  unknown('getApplication', 'application_id'),
  unknown('getUser', 'user_id'),
  unknown('getJobStage', 'job_stage_id'),
  unknown('getJobPost', 'job_post_id'),
  unknown('getScheduledInterview', 'interview_id'),
  {
    error: GemNotFound,
    ...listSources('where Gem has no such list', 'unproven lists are missing', {
      status: 404,
      body: problem(404, 'Not Found'),
    }),
  },
  {
    error: GemLacksOperation,
    ...create('where Gem has taken the call away', {
      state: 'candidates cannot be created',
      answer: { status: 405, body: problem(405, 'Method Not Allowed') },
    }),
  },
  {
    error: GemLacksOperation,
    ...listSources('where Gem does not know how', 'Gem lacks the operation', {
      status: 501,
      body: problem(501, 'Not Implemented'),
    }),
  },
  {
    error: GemRefusedInput,
    ...create('to a job that is closed', {
      body: { ...person, job_id: injected('closed') },
      answer: { status: 400, body: problem(400, 'Bad Request', { message: like('Job is closed.') }) },
    }),
    call: { body: { ...person, job_id: examples.closed } },
    tells: { status: 400, problem: { message: 'Job is closed.' } },
  },
  {
    error: GemRefusedInput,
    ...create('with a source that Gem does not have', {
      body: { ...person, job_id: injected('backend'), source_id: 'unknown' },
      answer: {
        status: 422,
        body: problem(422, 'Unprocessable Entity', {
          errors: { json: { source_id: [like('Source not found.')] } },
        }),
      },
    }),
    call: { body: { ...person, job_id: examples.backend, source_id: 'unknown' } },
    tells: { status: 422, problem: { errors: { json: { source_id: ['Source not found.'] } } } },
  },
  {
    error: GemRefusedInput,
    ...move('from a stage that it has left', 'backend.stages.0', 'backend.stages.5', {
      status: 400,
      body: problem(400, 'Bad Request', { message: like('It is no longer in that stage.') }),
    }),
    tells: { status: 400 },
  },
  {
    error: GemRefusedInput,
    ...move('to a stage of another job', 'zoe-backend.current_stage_id', 'sales.stages.0', {
      status: 422,
      body: problem(422, 'Unprocessable Entity', {
        errors: { json: { to_stage_id: [like('Stage not found.')] } },
      }),
    }),
    tells: { status: 422 },
  },
  {
    error: GemThrottled,
    ...listSources('above the rate limit', 'the rate limit is used up', {
      status: 429,
      body: gateway('Too Many Requests'),
    }),
  },
  {
    error: GemUnavailable,
    ...listSources('while Gem is defective', 'Gem is defective', {
      status: 500,
      body: problem(500, 'Internal Server Error', { message: like('Internal server error') }),
    }),
  },
  {
    error: GemUnavailable,
    ...listSources('while Gem is down', 'Gem is down', { status: 503, body: { message: like('Down') } }),
  },
  {
    error: GemUnavailable,
    ...listSources('when the gateway gives up', 'Gem gives up waiting', {
      status: 504,
      body: { message: like('Endpoint request timed out') },
    }),
  },
  {
    error: GemAnswerUnreadable,
    ...listSources('answered with a page of HTML', 'a page of HTML stands in between', {
      status: 200,
      contentType: 'text/html',
    }),
  },
];
