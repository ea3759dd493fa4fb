// NODE_OPTIONS=--experimental-vm-modules npx jest; with that flag, require('mock-gem') works in CommonJS tests too.
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { startMockGem } from 'mock-gem';

let gem;
beforeAll(async () => {
  gem = await startMockGem({ port: 0 });
});
afterAll(() => gem.close());
afterEach(() => jest.useRealTimers());

test('a résumé is uploaded while timers are faked', async () => {
  jest.useFakeTimers();
  const world = await gem.openWorld({ scenario: 'default' });
  const [candidate] = await (await world.fetch('/ats/v0/candidates/')).json();
  const [user] = await (await world.fetch('/ats/v0/users/')).json();
  const form = new FormData();
  form.set('resume_file', new Blob(['%PDF-1.4']), 'cv.pdf');

  const path = `/v0/candidates/${candidate.id}/uploaded_resumes/${user.id}`;
  const response = await world.fetch(path, { method: 'POST', body: form });

  expect(response.status).toBe(201);
});
