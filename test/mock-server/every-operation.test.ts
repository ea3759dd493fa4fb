import { describe, expect, test } from 'vitest';
import request from 'supertest';
import { gemDescription } from '../../contracts/gem.ts';
import type { Operation } from '../../contracts/description.ts';
import { createValidator } from '../../contracts/validator.ts';
import { startGem } from '../support/gem.ts';
import type { MockGem } from '../../mock-server/server.ts';

const validator = createValidator(gemDescription, { unknownFields: 'refuse' });
const operations = [...gemDescription.operations.values()];
const listings = operations.filter(({ id, method }) => method === 'get' && id.startsWith('list'));
const paged = listings.filter((operation) => operation.parameters.some(({ name }) => name === 'page'));

describe.each(named(operations))('%s', (_id, operation) => {
  test('carries its evidence', () => {
    expect(['documented', 'observed', 'lineage', 'assumed']).toContain(operation.evidence.grade);
    expect(operation.evidence.source).not.toBe('');
  });

  test('answers a call as described, in both slash forms', async () => {
    const gem = await startGem();
    const path = pathOf(operation, gem);
    const slashed = path.endsWith('/') ? path : `${path}/`;
    const bodies: unknown[] = [];
    for (const form of operation.method === 'get' ? [slashed, slashed.slice(0, -1)] : [slashed]) {
      const response = await call(gem, operation, form);
      expect([200, 201], JSON.stringify(response.body)).toContain(response.status);
      expect(validator.answer(operation, response.status, response.body)).toEqual([]);
      bodies.push(response.body);
    }
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
  });
});

describe.each(named(operations.filter(({ isAnonymous }) => !isAnonymous)))('%s', (_id, operation) => {
  test('refuses a call without a key as the gateway does', async () => {
    const gem = await startGem();
    const response = await request(gem.url)[operation.method](pathOf(operation, gem));
    expect(response.status).toBe(403);
    expect(response.body).toEqual({ message: 'Forbidden' });
  });
});

describe.each(named(operations.filter(({ path }) => path.includes('{'))))('%s', (_id, operation) => {
  test('answers 404 in the envelope for an unknown id', async () => {
    const gem = await startGem();
    const path = operation.path.replaceAll(/\{\w+\}/g, 'bm90aGluZw');
    const response = await call(gem, operation, path);
    expect(response.status).toBe(404);
    expect(response.body).toMatchObject({ code: 404, status: 'Not Found' });
  });
});

const withJsonBody = operations.filter(({ body }) => body?.contentType === 'application/json');
describe.each(named(withJsonBody))('%s', (_id, operation) => {
  test('names every bad field of a body', async () => {
    const gem = await startGem();
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
    const gem = await startGem();
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
    const gem = await startGem();
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
    const gem = await startGem();
    expect((await call(gem, operation, `${pathOf(operation, gem)}?limit=3`)).status).toBe(200);
  });
});

function named(list: readonly Operation[]): [string, Operation][] {
  return list.map((operation) => [operation.id, operation]);
}

/** A path that leads to something in the default scenario. */
function pathOf(operation: Operation, { world }: MockGem): string {
  const { store, company } = world;
  const active = [...store.collection('applications').entries()].find(
    ({ record }) => record.status === 'active' && record.deleted_at === null,
  );
  const post = [...store.collection('job_posts').entries()].find(
    ({ record }) => record.live && record.external,
  );
  const ids: Record<string, string | undefined> = {
    candidate_id: active?.record.candidate_id,
    application_id: active?.record.id,
    job_id: active?.record.job_id,
    user_id: first(world, 'users'),
    job_post_id: post?.record.id,
    vanity_url_path: company.vanity,
  };
  return operation.path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(ids[name] ?? ''));
}

function first({ store }: MockGem['world'], name: 'users' | 'sources'): string {
  for (const { record } of store.collection(name).entries()) return record.id;
  return '';
}

/** Calls an operation with a body that it accepts. */
function call(gem: MockGem, operation: Operation, path: string) {
  const { store } = gem.world;
  const prepared = request(gem.url)[operation.method](path).set('X-API-Key', gem.apiKey);
  if (operation.id === 'uploadResume')
    return prepared.attach('resume_file', Buffer.from('%PDF-1.4'), 'cv.pdf');
  const applicationId = /applications\/([^/]+)/.exec(path)?.[1] ?? '';
  const application = store.get('applications', applicationId);
  const bodies: Record<string, object> = {
    createCandidate: {
      first_name: 'Ada',
      last_name: 'Lovelace',
      email: 'ada@example.com',
      job_id: [...store.collection('jobs').entries()].find(({ record }) => record.status === 'open')?.record
        .id,
    },
    createNote: { user_id: first(gem.world, 'users'), body: 'Called.', visibility: 'public' },
    updateApplication: { source_id: first(gem.world, 'sources') },
    moveApplication: {
      user_id: first(gem.world, 'users'),
      to_stage_id: store.collection('job_stages').by('job_id', application?.job_id ?? '')[1]?.id ?? 'none',
    },
  };
  const body = bodies[operation.id];
  return body ? prepared.send(body) : prepared;
}
