import { afterAll, beforeAll, describe, expect } from 'vitest';
import { fc, test } from '@fast-check/vitest';
import { gemDescription } from '../../contracts/gem.ts';
import { nastyRequest } from '../support/arbitraries/nasty.ts';
import { startMockGem, type MockGem } from '../../mock-server/server.ts';

// One emulator for everything: it has to survive it all.
let gem: MockGem;
const defects: unknown[] = [];
beforeAll(async () => {
  gem = await startMockGem({
    port: 0,
    checkAnswers: true,
    switches: { rate_limit: 'off' },
    report: (defect) => defects.push(defect),
  });
});
afterAll(async () => {
  await gem.close();
  expect(defects).toEqual([]);
});

const operations = [...gemDescription.operations.values()];

describe('the emulator', () => {
  test.prop([nastyRequest(operations)], { numRuns: 300 })(
    'refuses what it cannot use, whatever it is, and goes on',
    async ({ path, method, body }) => {
      const response = await fetch(`${gem.url}${path}`, {
        method,
        headers: { 'X-API-Key': gem.apiKey, 'Content-Type': 'application/json' },
        ...(body !== undefined && { body }),
      });
      expect(response.status, await response.text()).toBeLessThan(500);
    },
  );

  test.prop([
    fc.uint8Array({ maxLength: 400 }),
    fc.constantFrom(
      'application/json',
      'multipart/form-data; boundary=x',
      'multipart/form-data',
      'text/plain',
    ),
  ])('survives any bytes as a body of any type', async (bytes, contentType) => {
    for (const path of ['/ats/v0/candidates/', '/v0/candidates/x/uploaded_resumes/y']) {
      const response = await fetch(`${gem.url}${path}`, {
        method: 'POST',
        headers: { 'X-API-Key': gem.apiKey, 'Content-Type': contentType },
        body: new Uint8Array(bytes),
      });
      expect([400, 404, 413, 415, 422]).toContain(response.status);
      expect(await response.json()).toHaveProperty('code', response.status);
    }
  });

  test.each([
    '/ats/v0/candidates/%E0%A4%A',
    '/attachments/%zz/x/y',
    '/%',
    '//',
    '/ats/v0/candidates/../../..',
  ])('answers the path %s without an error of its own', async (path) => {
    const response = await fetch(`${gem.url}${path}`, { headers: { 'X-API-Key': gem.apiKey } });
    expect([403, 404]).toContain(response.status);
    expect(await response.text()).not.toContain('at ');
  });

  test('names a field that is called like a part of the language', async () => {
    const response = await fetch(`${gem.url}/ats/v0/candidates/`, {
      method: 'POST',
      headers: { 'X-API-Key': gem.apiKey, 'Content-Type': 'application/json' },
      body: '{"__proto__": 1, "constructor": 2}',
    });
    expect(await response.text()).toContain('"__proto__":["Unknown field."]');
  });
});
