import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { createGemClient, type GemClient } from '../../../connector/gem/client.ts';
import {
  GemAnswerUnreadable,
  GemNotFound,
  GemRefusedInput,
  GemRefusedKey,
  GemThrottled,
  GemUnavailable,
} from '../../../connector/gem/errors.ts';
import { pagesOf } from '../../../connector/gem/pages.ts';
import { impatient } from '../../support/connected.ts';
import { candidateRecord, userRecord } from '../../support/gem-records.ts';
import { answer, startStubGem, type StubGem } from '../../support/stub-gem.ts';

function clientOf(stub: Pick<StubGem, 'url'>): GemClient {
  return createGemClient({ url: stub.url, apiKey: 'secret-key', retry: impatient, timeout: 2000 });
}

const note = {
  path: { candidate_id: 'c/1' },
  body: { body: 'hello', user_id: 'user-1', visibility: 'public' },
} as const;

describe('a read', () => {
  test('is tried again after 429, after any 5xx, and after an answer that breaks off', async () => {
    const stub = await startStubGem({ listUsers: [userRecord('a')] });
    const oddities: ((response: Parameters<StubGem['intercept']>[1]) => true)[] = [
      (response) => answer(response, 429, { message: 'Too Many Requests' }),
      (response) => answer(response, 507, {}),
      (response) => {
        response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 100 });
        response.write('[');
        setTimeout(() => response.destroy(), 20);
        return true;
      },
    ];
    for (const odd of oddities) {
      let isFirst = true;
      stub.intercept = (_, response) => {
        const wasFirst = isFirst;
        isFirst = false;
        return wasFirst && odd(response);
      };
      expect(await clientOf(stub).call('listUsers')).toHaveLength(1);
    }
    expect(stub.requests).toHaveLength(6);
  });

  test('is given up after the last retry', async () => {
    const stub = await startStubGem();
    stub.intercept = (_, response) => answer(response, 429, { message: 'Too Many Requests' });
    await expect(clientOf(stub).call('listUsers')).rejects.toBeInstanceOf(GemThrottled);
    expect(stub.requests).toHaveLength(3);
  });
});

describe('a write', () => {
  test('is tried again after 429 only: after anything else it may have happened', async () => {
    const stub = await startStubGem();
    for (const [status, attempts, error] of [
      [429, 3, GemThrottled],
      [503, 1, GemUnavailable],
      [500, 1, GemUnavailable],
    ] as const) {
      stub.requests.length = 0;
      stub.intercept = (_, response) => answer(response, status, {});
      await expect(clientOf(stub).call('createNote', note)).rejects.toBeInstanceOf(error);
      expect(stub.requests).toHaveLength(attempts);
    }
    stub.requests.length = 0;
    stub.intercept = (request) => {
      request.socket.destroy();
      return true;
    };
    await expect(clientOf(stub).call('createNote', note)).rejects.toBeInstanceOf(GemUnavailable);
    expect(stub.requests).toHaveLength(1);
  });

  test('fills its path and sends its body', async () => {
    const stub = await startStubGem();
    let sent = '';
    stub.intercept = (request, response) => {
      request.on('data', (part) => (sent += String(part)));
      request.on('end', () =>
        answer(response, 201, {
          id: 'n',
          created_at: '2026-01-01T00:00:00.000Z',
          body: 'hello',
          private: false,
          visibility: 'public',
          user: { employee_id: null, first_name: 'U', id: 'user-1', last_name: 'L', name: 'U L' },
        }),
      );
      return true;
    };
    expect(await clientOf(stub).call('createNote', note)).toMatchObject({ id: 'n' });
    expect(stub.requests[0]?.url.pathname).toBe('/ats/v0/candidates/c%2F1/activity_feed/notes');
    expect(JSON.parse(sent)).toEqual(note.body);
  });

  test('uploads a file as a form', async () => {
    const stub = await startStubGem();
    let sent = '';
    stub.intercept = (request, response) => {
      request.on('data', (part) => (sent += String(part)));
      request.on('end', () =>
        answer(response, 201, {
          candidate_id: 'c',
          created_at: 1,
          download_url: 'https://files.example.com/1',
          filename: 'cv.pdf',
          id: 'r',
          user_id: 'u',
        }),
      );
      return true;
    };
    const form = new FormData();
    form.set('resume_file', new Blob(['%PDF'], { type: 'application/pdf' }), 'cv.pdf');
    await clientOf(stub).call('uploadResume', { path: { candidate_id: 'c', user_id: 'u' }, form });
    expect(stub.requests[0]?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(sent).toContain('filename="cv.pdf"');
  });
});

describe('what happened has a name', () => {
  const problem = { code: 422, status: 'Unprocessable Entity', errors: { json: { email: ['Not valid.'] } } };

  test.each([
    [403, { message: 'Forbidden' }, GemRefusedKey],
    [404, { code: 404, status: 'Not Found' }, GemNotFound],
    [400, { code: 400, status: 'Bad Request', message: 'duplicate' }, GemRefusedInput],
    [422, problem, GemRefusedInput],
    [413, { message: 'Request Too Long' }, GemRefusedInput],
    [302, {}, GemAnswerUnreadable],
    [200, 'not a candidate', GemAnswerUnreadable],
  ])('%i', async (status, body, error) => {
    const stub = await startStubGem();
    stub.intercept = (_, response) => answer(response, status, body);
    const path = { candidate_id: 'c' };
    await expect(clientOf(stub).call('getCandidate', { path })).rejects.toBeInstanceOf(error);
  });

  test("Gem's own words come along with what it refused", async () => {
    const stub = await startStubGem();
    stub.intercept = (_, response) => answer(response, 422, problem);
    await expect(clientOf(stub).call('listUsers')).rejects.toMatchObject({ status: 422, problem });
  });

  test('an answer that is no JSON is unreadable, a silent server unavailable', async () => {
    const stub = await startStubGem();
    stub.intercept = (_, response) => {
      response.end('<html>');
      return true;
    };
    await expect(clientOf(stub).call('listUsers')).rejects.toBeInstanceOf(GemAnswerUnreadable);
    stub.intercept = () => true;
    const hasty = createGemClient({ url: stub.url, apiKey: 'k', timeout: 30, retry: { limit: 0 } });
    await expect(hasty.call('listUsers')).rejects.toMatchObject({ message: 'Gem did not answer in time' });
    const nowhere = clientOf({ url: 'http://127.0.0.1:1' });
    await expect(nowhere.call('listUsers')).rejects.toBeInstanceOf(GemUnavailable);
  });

  test('and no error tells the key, however closely it is looked at', async () => {
    const stub = await startStubGem();
    const clients = [clientOf(stub), clientOf({ url: 'http://127.0.0.1:1' })];
    for (const status of [403, 422, 429, 503]) {
      stub.intercept = (_, response) => answer(response, status, {});
      for (const client of clients) {
        const error: unknown = await client.call('listUsers').catch((caught: unknown) => caught);
        expect(inspect(error, { depth: 10, showHidden: true })).not.toContain('secret-key');
      }
    }
  });
});

test('a redirect is not followed, so the key stays with Gem', async () => {
  const stub = await startStubGem();
  const stranger = await startStubGem();
  stub.intercept = (_, response) => answer(response, 307, {}, { Location: `${stranger.url}/ats/v0/users/` });
  await expect(clientOf(stub).call('listUsers')).rejects.toBeInstanceOf(GemAnswerUnreadable);
  expect(stranger.requests).toEqual([]);
});

test('a field that Gem adds is no departure from the description', async () => {
  const stub = await startStubGem();
  stub.intercept = (_, response) => answer(response, 200, { ...candidateRecord('c'), news: 1 });
  expect(await clientOf(stub).call('getCandidate', { path: { candidate_id: 'c' } })).toMatchObject({
    id: 'c',
  });
});

describe('pages', () => {
  test('are read until an empty one, from any of them on, with the largest size', async () => {
    const stub = await startStubGem({ listUsers: ['a', 'b', 'c'].map((id) => userRecord(id)) });
    stub.pageSize = 2;
    expect(await read(stub)).toEqual([2, 1, 0]);
    expect(await read(stub, 2)).toEqual([1, 0]);
    expect(stub.requests[0]?.url.searchParams.get('per_page')).toBe('500');
  });

  test('of a server that always sends the same one are not read for ever', async () => {
    const stub = await startStubGem();
    stub.intercept = (_, response) => answer(response, 200, [userRecord('a')]);
    expect(await read(stub)).toEqual([1, 0]);
    expect(stub.requests).toHaveLength(2);
  });

  test('that are no list are unreadable', async () => {
    const stub = await startStubGem();
    stub.intercept = (_, response) => answer(response, 200, { data: [] });
    await expect(read(stub)).rejects.toBeInstanceOf(GemAnswerUnreadable);
  });
});

async function read(stub: StubGem, from = 1): Promise<number[]> {
  const sizes: number[] = [];
  for await (const { records } of pagesOf(clientOf(stub), 'listUsers', {}, { from }))
    sizes.push(records.length);
  return sizes;
}
