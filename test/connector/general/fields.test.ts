// What a change of a mapping, or of what is passed on, does to the lists.
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { integrationFieldId } from '../../../connector/policy/integration-field.ts';
import { writeCursor } from '../../../connector/api/lists/cursor.ts';
import { noteIntegrationFields, saveCustomFields } from '../../../connector/store/queries/fields.ts';
import { startApi, type Api } from '../api/support/api.ts';
import { longAgo } from '../api/support/rows.ts';

const own = (api: Api, key: string) =>
  integrationFieldId(api.integrationId, 'ats_jobs', `custom_fields/${key}`);
const gems = (api: Api, key: string) => integrationFieldId(api.integrationId, 'ats_jobs', key);

/** Three jobs: two with a field of the team's, of which one has the same value as Gem's own `departments`. */
async function startWithJobs(): Promise<Api> {
  const api = await startApi();
  const job = async (remoteId: string, departments: unknown, works: unknown) => {
    const fields = [
      {
        id: gems(api, 'departments'),
        key: 'departments',
        type: 'DEFAULT',
        label: 'Departments',
        value: departments,
      },
      ...(works === undefined
        ? []
        : [{ id: own(api, 'works'), key: 'works', type: 'CUSTOM', label: 'works', value: works }]),
    ];
    await api.rows.insert('ats_jobs', remoteId, {
      custom_fields: { offices: [], departments },
      integration_fields: fields,
    });
  };
  await job('same', 'Sales', 'Sales');
  await job('other', 'Sales', 'Berlin');
  await job('without', 'Sales', undefined);
  return api;
}

function call(api: Api, method: string, path: string, body: unknown): Promise<Response> {
  return fetch(`${api.url}/v1/integrations/${api.integrationId}${path}`, {
    method,
    headers: { Authorization: `Bearer ${api.apiKey}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}

async function send(api: Api, method: string, path: string, body: unknown) {
  const response = await call(api, method, path, body);
  expect(response.status, await response.clone().text()).toBe(200);
}

async function mapDepartments(api: Api, target: string | null) {
  const { data } = await api.get(`/v1/integrations/${api.integrationId}/custom-fields`);
  const field = data.results.find(({ key }) => key === 'departments');
  await send(api, 'PUT', `/custom-fields/${String(field?.['id'])}`, { integration_field_id: target });
}

const customFields = async (api: Api) =>
  Object.fromEntries((await api.list('/v1/ats/jobs')).map((job) => [job['remote_id'], job['custom_fields']]));

const changed = async (api: Api) =>
  (await api.list('/v1/ats/jobs'))
    .filter((job) => job['changed_at'] !== longAgo)
    .map((job) => job['remote_id']);

test('a new mapping shows at once, and only the rows whose value is another one have changed', async () => {
  const api = await startWithJobs();
  await mapDepartments(api, own(api, 'works'));
  expect(await customFields(api)).toEqual({
    same: { offices: [], departments: 'Sales' },
    other: { offices: [], departments: 'Berlin' },
    without: { offices: [] },
  });
  expect(await changed(api)).toEqual(['other', 'without']);
});

test('a mapping that is taken away takes the key away, and comes back as it was', async () => {
  const api = await startWithJobs();
  await mapDepartments(api, null);
  expect(await customFields(api)).toEqual({
    same: { offices: [] },
    other: { offices: [] },
    without: { offices: [] },
  });
  await mapDepartments(api, gems(api, 'departments'));
  expect((await customFields(api))['other']).toEqual({ offices: [], departments: 'Sales' });
});

test('a mapping is one of the rows of its model', async () => {
  const api = await startApi();
  const { database, integrationId, rows, list } = api;
  for (const table of ['ats_candidates', 'ats_applications', 'ats_jobs'] as const) {
    await rows.insert(table, table, {
      custom_fields: { ats_candidates: 1, ats_applications: 2, ats_jobs: 3 },
    });
    await sql`
      insert into custom_field_mappings (integration_id, model, key) values (${integrationId}, ${table}, ${table})
    `.execute(database);
  }
  const shown = async (name: string) => (await list(`/v1/ats/${name}`))[0]?.['custom_fields'];
  expect(await shown('candidates')).toEqual({ ats_applications: 2, ats_jobs: 3 });
  expect(await shown('applications')).toEqual({ ats_candidates: 1, ats_jobs: 3 });
  expect(await shown('jobs')).toEqual({ ats_candidates: 1, ats_applications: 2 });
});

test('mapping a field to what it is mapped to already changes nothing', async () => {
  const api = await startWithJobs();
  await mapDepartments(api, gems(api, 'departments'));
  expect(await changed(api)).toEqual([]);
});

test('a mapping of one integration leaves the others alone', async () => {
  const [one, other] = [await startWithJobs(), await startWithJobs()];
  await mapDepartments(one, null);
  expect((await customFields(other))['same']).toEqual({ offices: [], departments: 'Sales' });
  expect(await changed(other)).toEqual([]);
});

test('a raw field that is not passed on leaves its rows, which have changed, and comes back', async () => {
  const api = await startWithJobs();
  const keys = async () =>
    (await api.list('/v1/ats/jobs')).map((job) =>
      (job['integration_fields'] as { key: string }[]).map(({ key }) => key),
    );
  const path = `/integration-fields/${own(api, 'works')}`;
  await send(api, 'PATCH', path, { enable_passthrough: true });
  expect(await changed(api)).toEqual([]);
  await send(api, 'PATCH', path, { enable_passthrough: false });
  expect(await keys()).toEqual([['departments'], ['departments'], ['departments']]);
  expect(await changed(api)).toEqual(['same', 'other']);
  await send(api, 'PATCH', path, { enable_passthrough: null });
  expect(await keys()).toEqual([['departments', 'works'], ['departments', 'works'], ['departments']]);
});

test('the custom fields that every integration has are mapped to the raw fields of the same name', async () => {
  const api = await startWithJobs();
  const id = integrationFieldId(api.integrationId, 'ats_jobs', 'departments');
  // One of the team's own that is called like one of Gem's does not take its place.
  const alike = {
    id: '1',
    model: 'ats_jobs',
    key: 'departments',
    type: 'CUSTOM',
    label: 'departments',
  } as const;
  await noteIntegrationFields(api.database, api.integrationId, [alike]);
  const path = `/v1/integrations/${api.integrationId}/custom-fields`;
  const { results, next } = (await api.get(path)).data;
  expect(next).toBeNull();
  expect(results.map(({ model, key, label }) => [model, key, label])).toEqual([
    ['ats_applications', 'source', 'Source'],
    ['ats_jobs', 'departments', 'Departments'],
    ['ats_jobs', 'offices', 'Offices'],
  ]);
  expect(results[1]).toMatchObject({
    description: 'All departments of the job.',
    integration_field: { id, key: 'departments', type: 'DEFAULT', label: 'Departments' },
  });
  const pages = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const { data } = await api.get(`${path}?page_size=1${cursor && `&cursor=${cursor}`}`);
    pages.push(...data.results);
    cursor = data.next;
  }
  expect(pages).toEqual(results);
  const place = { operationId: 'getCustomFields', integrationId: api.integrationId };
  const last = writeCursor(place, 'ats_jobs/offices');
  expect((await api.get(`${path}?cursor=${last}`)).data).toEqual({ results: [], next: null });
});

test('a custom field shows the raw field that it was mapped to, or none, and the others stay', async () => {
  const api = await startWithJobs();
  // One of the environment's own is mapped to nothing before somebody maps it, whatever it is called.
  const own = { label: 'Own', description: 'Own.' };
  await saveCustomFields(api.database, api.environmentId, [
    { model: 'ats_applications', key: 'source_id', ...own },
    { model: 'ats_candidates', key: 'departments', ...own },
  ]);
  const shown = async () => {
    const { data } = await api.get(`/v1/integrations/${api.integrationId}/custom-fields`);
    const fields = data.results as {
      model: string;
      key: string;
      integration_field: { key: string } | null;
    }[];
    return Object.fromEntries(
      fields.map(({ model, key, integration_field: raw }) => [`${model}/${key}`, raw?.key ?? null]),
    );
  };
  const before = {
    'ats_applications/source': 'source',
    'ats_applications/source_id': null,
    'ats_candidates/departments': null,
    'ats_jobs/departments': 'departments',
    'ats_jobs/offices': 'offices',
  };
  expect(await shown()).toEqual(before);
  const mapOfJobs = async (target: string | null) => {
    const { data } = await api.get(`/v1/integrations/${api.integrationId}/custom-fields`);
    const { id } = data.results.find(({ model, key }) => model === 'ats_jobs' && key === 'departments') ?? {};
    await send(api, 'PUT', `/custom-fields/${String(id)}`, { integration_field_id: target });
  };
  await mapOfJobs(integrationFieldId(api.integrationId, 'ats_jobs', 'custom_fields/works'));
  expect(await shown()).toEqual({ ...before, 'ats_jobs/departments': 'works' });
  await mapOfJobs(null);
  expect(await shown()).toEqual({ ...before, 'ats_jobs/departments': null });
});

test('the raw fields are listed by model and name, page by page, and their cursors are of no other list', async () => {
  const api = await startWithJobs();
  const path = `/v1/integrations/${api.integrationId}/integration-fields`;
  const { status, results, next } = { ...(await api.get(path)), ...(await api.get(path)).data };
  expect([status, next]).toEqual([200, null]);
  const [first, second] = (results as { model: string; key: string }[]).map(({ model, key }) => [model, key]);
  expect([first, second]).toEqual([
    ['ats_applications', 'source'],
    ['ats_applications', 'source_id'],
  ]);
  expect(results.map(({ key }) => key)).toEqual(['source', 'source_id', 'departments', 'offices', 'works']);
  expect(results.at(-1)).toEqual({
    id: own(api, 'works'),
    key: 'works',
    model: 'ats_jobs',
    type: 'CUSTOM',
    label: 'works',
    is_passthrough_enabled: expect.any(Boolean),
    is_writable: false,
  });
  const page = (await api.get(`${path}?page_size=2`)).data;
  expect(page.results).toEqual(results.slice(0, 2));
  expect((await api.get(`${path}?cursor=${page.next}`)).data.results).toEqual(results.slice(2));
  const place = { operationId: 'getIntegrationFields', integrationId: api.integrationId };
  const last = writeCursor(place, 'ats_users/');
  expect((await api.get(`${path}?cursor=${last}`)).data).toEqual({ results: [], next: null });
  const other = `/v1/integrations/${api.integrationId}/custom-fields`;
  expect((await api.get(`${other}?cursor=${page.next}`)).status).toBe(400);
});

test.each([
  ['PUT', '/custom-fields/unknown', { integration_field_id: null }, 404, /no custom field with this id/],
  [
    'PUT',
    '/custom-fields/{departments}',
    { integration_field_id: 'unknown' },
    400,
    /a raw field of ats_jobs, or null/,
  ],
  [
    'PUT',
    '/custom-fields/{departments}',
    { integration_field_id: '{source}' },
    400,
    /a raw field of ats_jobs/,
  ],
  ['PATCH', '/integration-fields/unknown', { enable_passthrough: true }, 404, /no raw field with this id/],
] as const)('%s %s with %j is refused with %i', async (method, path, body, expected, message) => {
  const api = await startWithJobs();
  const { data } = await api.get(`/v1/integrations/${api.integrationId}/custom-fields`);
  const departments = String(data.results.find(({ key }) => key === 'departments')?.['id']);
  const source = integrationFieldId(api.integrationId, 'ats_applications', 'source');
  const named = (text: string) => text.replace('{departments}', departments).replace('{source}', source);
  const response = await call(api, method, named(path), JSON.parse(named(JSON.stringify(body))));
  const { error } = JSON.parse(await response.text());
  expect([response.status, error.code]).toEqual([expected, 'PLATFORM.INPUT_INVALID']);
  expect(error.message).toMatch(message);
});
