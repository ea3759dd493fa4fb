import { describe, expect, test } from 'vitest';
import request from 'supertest';
import { gemDescription } from '../../contracts/gem.ts';
import type { Operation } from '../../contracts/description.ts';
import { createValidator } from '../../contracts/validator.ts';
import { startGem, useGem } from '../support/gem.ts';
import { call, pathOf } from './every-operation-requests.ts';

const validator = createValidator(gemDescription, { unknownFields: 'refuse' });
// What only reads shares one emulator.
const shared = useGem();
const operations = [...gemDescription.operations.values()];
const listings = operations.filter(({ id, method }) => method === 'get' && id.startsWith('list'));
const paged = listings.filter((operation) => operation.parameters.some(({ name }) => name === 'page'));

describe.each(named(operations))('%s', (_id, operation) => {
  test('carries its evidence', () => {
    expect(['documented', 'observed', 'lineage', 'assumed']).toContain(operation.evidence.grade);
    expect(operation.evidence.source).not.toBe('');
  });

  test('answers a call as described, in both slash forms', async () => {
    const gem = operation.method === 'get' ? shared() : await startGem();
    const path = pathOf(operation, gem);
    const slashed = path.endsWith('/') ? path : `${path}/`;
    const bodies: unknown[] = [];
    for (const form of operation.method === 'get' ? [slashed, slashed.slice(0, -1)] : [slashed]) {
      const response = await call(gem, operation, form);
      expect([200, 201, 204], JSON.stringify(response.body)).toContain(response.status);
      // An answer without a body has no length either.
      expect('content-length' in response.headers).toBe(response.status !== 204);
      expect(validator.answer(operation, response.status, response.body)).toEqual([]);
      bodies.push(response.body);
    }
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
  });
});

describe.each(named(operations.filter(({ isAnonymous }) => !isAnonymous)))('%s', (_id, operation) => {
  test('refuses a call without a key as the gateway does', async () => {
    const gem = shared();
    const response = await request(gem.url)[operation.method](pathOf(operation, gem));
    expect(response.status).toBe(403);
    expect(response.body).toEqual({ message: 'Forbidden' });
  });
});

describe.each(named(operations.filter(({ path }) => path.includes('{'))))('%s', (_id, operation) => {
  test('answers 404 in the envelope for an unknown id', async () => {
    const gem = shared();
    const path = operation.path.replaceAll(/\{\w+\}/g, 'bm90aGluZw');
    const response = await call(gem, operation, path);
    expect(response.status).toBe(404);
    expect(response.body).toMatchObject({ code: 404, status: 'Not Found' });
  });
});

const withJsonBody = operations.filter(({ body }) => body?.contentType === 'application/json');
describe.each(named(withJsonBody))('%s', (_id, operation) => {
  test('names every bad field of a body', async () => {
    const gem = shared();
    const prepared = request(gem.url)[operation.method](pathOf(operation, gem));
    const response = await prepared.set('X-API-Key', gem.apiKey).send({ no_such_field: 1 });
    expect(response.status).toBe(422);
    expect(response.body).toMatchObject({
      code: 422,
      status: 'Unprocessable Entity',
      errors: { json: { no_such_field: ['Unknown field.'] } },
    });
  });
});

describe.each(named(paged))('%s, page by page', (_id, operation) => {
  const size = operation.path.startsWith('/v0/') ? 'page_size' : 'per_page';
  const most = size === 'per_page' ? 500 : 100;

  test('gives the same records in pages of two as in one, then an empty page', async () => {
    const gem = shared();
    const path = pathOf(operation, gem);
    const whole = (await call(gem, operation, `${path}?${size}=${most}`)).body as unknown[];
    const parts: unknown[] = [];
    const last = Math.ceil(whole.length / 2);
    for (let page = 1; page <= last; page += 1) {
      const response = await call(gem, operation, `${path}?${size}=2&page=${page}`);
      parts.push(...(response.body as unknown[]));
      expect(JSON.parse(response.get('X-Pagination') ?? '')).toMatchObject({
        total: whole.length,
        total_pages: last,
        page,
      });
    }
    expect(parts).toEqual(whole);
    expect((await call(gem, operation, `${path}?${size}=2&page=${last + 100}`)).body).toEqual([]);
  });

  test.each([0, most + 1])(`refuses ${size}=%i with the bounds`, async (value) => {
    const gem = shared();
    const response = await call(gem, operation, `${pathOf(operation, gem)}?${size}=${value}`);
    expect(response.status).toBe(422);
    expect(response.body).toEqual({
      code: 422,
      status: 'Unprocessable Entity',
      errors: {
        query: { [size]: [`Must be greater than or equal to 1 and less than or equal to ${most}.`] },
      },
    });
  });

  test('ignores a query parameter that it does not know', async () => {
    const gem = shared();
    expect((await call(gem, operation, `${pathOf(operation, gem)}?limit=3`)).status).toBe(200);
  });
});

const items = operations
  .filter(({ method, path }) => method === 'get' && path.endsWith('}'))
  .flatMap((item) => {
    const list = listings.find(({ path }) => path === item.path.replace(/\{\w+\}$/, ''));
    return list ? [[item.id, item, list] as const] : [];
  });
describe.each(items)('%s', (_id, item, list) => {
  test('answers with the rows of its list, and with a deleted one only when asked', async () => {
    const gem = shared();
    const listed = await call(gem, list, `${list.path}?include_deleted=true&per_page=500`);
    const rows = listed.body as { id: string; deleted_at?: string | null }[];
    const deleted = rows.find(({ deleted_at }) => typeof deleted_at === 'string');
    for (const row of [rows[0], rows.at(-1), deleted]) {
      if (!row) continue;
      const path = item.path.replace(/\{\w+\}$/, encodeURIComponent(row.id));
      expect((await call(gem, item, `${path}?include_deleted=true`)).body).toEqual(row);
      const answer = await call(gem, item, path);
      expect(answer.status).toBe(typeof row.deleted_at === 'string' ? 404 : 200);
    }
  });
});

function named(list: readonly Operation[]): [string, Operation][] {
  return list.map((operation) => [operation.id, operation]);
}
