// What a change of a mapping, or of what is passed on, does to the lists.
import { expect, test } from 'vitest';
import { integrationFieldId } from '../../../connector/policy/integration-field.ts';
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

async function send(api: Api, method: string, path: string, body: unknown) {
  const response = await fetch(`${api.url}/v1/integrations/${api.integrationId}${path}`, {
    method,
    headers: { Authorization: `Bearer ${api.apiKey}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
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
