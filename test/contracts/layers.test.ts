import express from 'express';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readDescription } from '../../contracts/description.ts';
import {
  answerOf,
  InvalidRequest,
  readBodies,
  validateRequests,
  type Layer,
} from '../../contracts/server/layers.ts';
import { listen, type Listening } from '../../contracts/server/listen.ts';
import { MethodNotAllowed, mount, UnknownPath } from '../../contracts/server/mount.ts';

interface Operations {
  double: {
    parameters: { query: { number: number } };
    responses: { 200: { content: { 'application/json': { doubled: number } } } };
  };
}

const description = readDescription('arithmetic', {
  openapi: '3.1.0',
  paths: {
    '/double/': {
      get: {
        operationId: 'double',
        'x-evidence': { grade: 'documented', source: 'this test' },
        parameters: [{ name: 'number', in: 'query', required: true, schema: { type: 'integer' } }],
        responses: {
          200: {
            content: {
              'application/json': {
                schema: { type: 'object', properties: { doubled: { type: 'integer' } } },
              },
            },
          },
        },
      },
    },
  },
});

const seen: string[] = [];

/** Notes the way there and back, and gives every answer a header. */
function notes(name: string): Layer<string> {
  return async (exchange, next) => {
    seen.push(`${name}: ${exchange.operation?.id ?? 'no operation'}`);
    const answer = await answerOf(exchange, next);
    seen.push(`${name}: ${answer.status}`);
    exchange.headers = { [`X-${name}`]: String(answer.status) };
    return answer;
  };
}

const admit: Layer<string> = (exchange, next) => {
  if (exchange.request.get('x-key') === undefined) throw new Error('no key');
  exchange.context = 'caller';
  return next();
};

/** Mends a query that the description refuses, and tries again. */
const mend: Layer<string> = async (exchange, next) => {
  try {
    return await next();
  } catch (error) {
    if (!(error instanceof InvalidRequest) || exchange.query['number'] !== 'two') throw error;
    exchange.query = { number: '2' };
    return next();
  }
};

let server: Listening;

beforeAll(async () => {
  const app = express().use(
    mount<Operations, string, string>({
      description,
      subject: (context) => context.toUpperCase(),
      handlers: {
        double({ query }, subject) {
          seen.push(`handler: ${subject}`);
          if (query.number === 13) throw new Error('unlucky');
          return { status: 200, body: { doubled: query.number * 2 } };
        },
      },
      layers: [notes('Outer'), admit, readBodies({ limit: 100 }), mend, validateRequests(description)],
      translate: (error) => ({ status: statusOf(error), body: { message: String(error) } }),
      checkAnswers: false,
    }),
  );
  server = await listen({ host: '127.0.0.1', port: 0 }, () => app);
});

afterAll(() => server.close());

beforeEach(() => {
  seen.length = 0;
});

function statusOf(error: unknown): number {
  if (error instanceof InvalidRequest) return 422;
  if (error instanceof UnknownPath) return 404;
  if (error instanceof MethodNotAllowed) return 405;
  return error instanceof Error && error.message === 'no key' ? 403 : 500;
}

describe('a request', () => {
  test.each([
    ['goes through the layers to its handler and back', '/double?number=4', 'GET', 200, ['handler: CALLER']],
    ['is tried again where a layer mends it', '/double/?number=two', 'GET', 200, ['handler: CALLER']],
    [
      'that its handler refuses reaches the outer layers as an answer',
      '/double?number=13',
      'GET',
      500,
      ['handler: CALLER'],
    ],
    ['that the description refuses reaches no handler', '/double?number=x', 'GET', 422, []],
  ])('%s', async (_what, path, method, status, within) => {
    const response = await ask(path, method);
    expect([response.status, response.headers.get('x-outer')]).toEqual([status, String(status)]);
    expect(seen).toEqual(['Outer: double', ...within, `Outer: ${status}`]);
  });

  test.each([
    ['with an unknown path', '/halve', 'GET', 404, null],
    ['with a method that the path does not have', '/double', 'POST', 405, 'GET, HEAD'],
  ])('%s goes through the same layers', async (_what, path, method, status, allow) => {
    const response = await ask(path, method);
    expect([response.status, response.headers.get('allow')]).toEqual([status, allow]);
    expect(seen).toEqual(['Outer: no operation', `Outer: ${status}`]);
  });

  test('that a layer refuses goes no further, and its answer goes the whole way back', async () => {
    const response = await fetch(`${server.url}/double?number=4`);
    expect([response.status, response.headers.get('x-outer')]).toEqual([403, '403']);
    expect(seen).toEqual(['Outer: double', 'Outer: 403']);
  });
});

function ask(path: string, method: string): Promise<Response> {
  return fetch(server.url + path, { method, headers: { 'X-Key': 'any' } });
}
