// The lists whose records others carry copies of: offices, departments, sources and reasons.
import { expect, test } from 'vitest';
import { ShuttingDown } from '../../../connector/sync/outcome.ts';
import { useStore } from '../../support/connected.ts';
import { oneOfEach } from '../../support/gem-records.ts';
import { answer, startStubGem, type StubGem } from '../../support/stub-gem.ts';

const { connect } = useStore();
const berlin = { id: 'office-1', name: 'Berlin' };

/** Which lists were asked for since the log was emptied, by the last part of their address. */
function asked(stub: StubGem): string[] {
  return [...new Set(stub.requests.map(({ url }) => url.pathname.replaceAll(/^\/ats\/v0\/|\/$/g, '')))];
}

/** Whether all jobs were asked for, and not only those that changed. */
function hasReadAllJobs(stub: StubGem): boolean {
  return stub.requests.some(
    ({ url }) => url.pathname.endsWith('/jobs/') && !url.searchParams.has('updated_after'),
  );
}

test('are asked for with what is deleted, of which others may carry copies still', async () => {
  const stub = await startStubGem(oneOfEach());
  const { sync } = await connect(stub);
  await sync();
  const lookups = stub.requests.filter(({ url }) => /offices|departments|sources|reasons/.test(url.pathname));
  expect(new Set(lookups.map(({ url }) => url.searchParams.get('include_deleted')))).toEqual(
    new Set(['true']),
  );
});

test('are read by a resumed sync where it had not read them, and no more where it had', async () => {
  const stub = await startStubGem(oneOfEach());
  const { sync } = await connect(stub);
  stub.requests.length = 0;
  const told = new AbortController();
  // The answer never comes.
  stub.intercept = (request) => {
    const isIt = request.url?.includes('/departments/') === true;
    if (isIt) told.abort(new ShuttingDown());
    return isIt;
  };
  expect(await sync({ signal: told.signal })).toMatchObject({ state: 'RUNNING' });
  expect(asked(stub)).toEqual(['offices', 'departments']);
  stub.intercept = () => false;
  stub.requests.length = 0;
  expect(await sync()).toMatchObject({ state: 'SUCCEEDED' });
  expect(asked(stub).slice(0, 3)).toEqual(['departments', 'sources', 'rejection_reasons']);
  expect(asked(stub)).not.toContain('offices');
});

test('that Gem does not have are named, and nothing is lacking', async () => {
  const stub = await startStubGem(oneOfEach());
  const { sync } = await connect(stub);
  stub.intercept = (request, response) =>
    request.url?.includes('/offices/') === true && answer(response, 404, { message: 'Not Found' });
  expect(await sync()).toMatchObject({
    state: 'SUCCEEDED',
    problem: 'lists that were left out: /offices/ (Gem has no such list)',
  });
});

test('that were not read whole say nothing of what has changed', async () => {
  const stub = await startStubGem({ ...oneOfEach(), listOffices: [berlin] });
  const { sync } = await connect(stub);
  await sync();
  stub.intercept = (request, response) =>
    request.url?.includes('/offices/') === true &&
    answer(response, 200, [{ ...berlin, name: 'Paris' }], { 'X-Pagination': '{"total":2}' });
  stub.requests.length = 0;
  const { state, problem } = await sync({ type: 'DELTA' });
  expect([state, problem]).toEqual(['SUCCEEDED', expect.stringContaining('/offices/ (')]);
  expect(hasReadAllJobs(stub)).toBe(false);
  stub.intercept = () => false;
  stub.requests.length = 0;
  expect(await sync({ type: 'DELTA' })).toMatchObject({ state: 'SUCCEEDED', problem: null });
  expect(hasReadAllJobs(stub)).toBe(false);
});

test('that were read prove the key good, whatever Gem forbids of the others', async () => {
  const stub = await startStubGem(oneOfEach());
  const { sync } = await connect(stub);
  stub.intercept = (request, response) =>
    !/offices|departments|sources|reasons/.test(request.url ?? '') &&
    answer(response, 403, { code: 403, status: 'Forbidden', message: 'no' });
  expect(await sync()).toMatchObject({ state: 'FAILED', problem: expect.stringContaining('/users/ (') });
  // Where Gem forbids all there is, nothing does.
  stub.intercept = (_, response) => answer(response, 403, { code: 403, status: 'Forbidden', message: 'no' });
  expect(await sync()).toMatchObject({ state: 'AUTHENTICATION_FAILED' });
});
