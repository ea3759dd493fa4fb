// What an environment does with its integrations: it switches them, has them synced, and makes links to the connection page,
// which test/connector/connect opens.
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { UnifiedSchemas } from '../../../contracts/unified.ts';
import { triggerSync } from '../../../connector/api/general/syncs.ts';
import { NotSynced } from '../../../connector/work/request-sync.ts';
import { raiseIssue } from '../../../connector/store/queries/issues.ts';
import { type Api, startApi } from '../api/support/api.ts';

const connection = {
  end_user_email: 'grace@example.com',
  end_user_organization_name: 'Halden Robotics',
  integration_category: 'ATS',
};

/** What was stored of the links of an environment, the latest first. */
async function linksOf({ database, environmentId }: Api): Promise<Record<string, unknown>[]> {
  const { rows } = await sql<Record<string, unknown>>`
    select purpose, is_embedded, integration_id, end_user_email, end_user_organization_name, end_user_origin_id, is_created_only
    from connection_links where environment_id = ${environmentId} order by created_at desc
  `.execute(database);
  return rows;
}

test('a link for another category, another tool or an unknown scope is refused, and says why', async () => {
  const api = await startApi();
  const { integrationId, post } = api;
  const refused = async (path: string, body: object) => {
    const { status, error } = await post(path, body);
    return [status, error.code, error.message];
  };
  const because = (message: string) => [400, 'PLATFORM.INPUT_INVALID', message];
  const create = '/v1/connect/create-link';
  const category = because(
    'body integration_category must be ATS: there is no tool for the other categories.',
  );
  const { integration_category: _, ...without } = connection;
  expect(await refused(create, without)).toEqual(category);
  expect(await refused(create, { ...connection, integration_category: 'HRIS' })).toEqual(category);
  expect(await refused(create, { ...connection, integration_tool: 'greenhouse' })).toEqual(
    because('body integration_tool must be gem, or left out: there is no other tool.'),
  );
  const scope = because(
    'body scope_config_id is not the id of the environment’s scope config; leave it out.',
  );
  expect(await refused(create, { ...connection, scope_config_id: 'other' })).toEqual(scope);
  const relink = `/v1/integrations/${encodeURIComponent(integrationId)}/relink`;
  expect(await refused(relink, { scope_config_id: 'other' })).toEqual(scope);
  const setup = `/v1/integrations/${encodeURIComponent(integrationId)}/setup-link`;
  expect(await refused(setup, { link_type: 'EMBEDDED' })).toEqual(
    because('The setup of this integration lacks nothing, so there is nothing to link to.'),
  );
  expect(await linksOf(api)).toEqual([]);
});

test('a link knows what it is for, and is embedded unless it is to be a magic one', async () => {
  const api = await startApi();
  const { integrationId, database, get, post } = api;
  const { data: scope } = await get('/v1/scope-config');
  const create = { ...connection, scope_config_id: scope['id'], integration_tool: 'gem' };
  const made = async (path: string, body: object) => {
    expect((await post(path, body)).status).toBe(200);
    const [link] = await linksOf(api);
    return link;
  };
  const ofNobody = {
    purpose: 'CONNECT',
    is_embedded: true,
    integration_id: null,
    end_user_email: 'grace@example.com',
    end_user_organization_name: 'Halden Robotics',
    end_user_origin_id: null,
    is_created_only: null,
  };
  expect(await made('/v1/connect/create-link', create)).toEqual(ofNobody);
  const chosen = { end_user_origin_id: 'customer-7', only_created_applications: true };
  expect(await made('/v1/connect/create-link', { ...create, ...chosen, link_type: 'MAGIC_LINK' })).toEqual({
    ...ofNobody,
    is_embedded: false,
    end_user_origin_id: 'customer-7',
    is_created_only: true,
  });

  const ofOne = { ...ofNobody, purpose: 'RELINK', integration_id: integrationId, end_user_email: null };
  const path = `/v1/integrations/${encodeURIComponent(integrationId)}`;
  expect(await made(`${path}/relink`, {})).toEqual(ofOne);
  expect(await made(`${path}/relink`, { scope_config_id: null, link_type: 'MAGIC_LINK' })).toEqual({
    ...ofOne,
    is_embedded: false,
  });
  await sql`update integrations set acting_user_id = null where id = ${integrationId}`.execute(database);
  expect(await made(`${path}/setup-link`, { link_type: 'EMBEDDED' })).toEqual({ ...ofOne, purpose: 'SETUP' });
});

test('a token that no connection has is not known', async () => {
  const { get } = await startApi();
  const { status, error } = await get('/v1/connect/integration-by-token/made-up');
  expect({ status, ...error }).toMatchObject({
    status: 404,
    code: 'PLATFORM.INTEGRATION_NOT_FOUND',
    message: 'No connection has this token, or it was made more than an hour ago.',
  });
});

test('a sync that is asked for by hand is a full one unless a delta is wanted; who is not synced is told why', async () => {
  const { database, integrationId, post, url, apiKey } = await startApi();
  expect((await post('/v1/force-sync', { type: 'DELTA' })).data).toMatchObject({ type: 'DELTA' });
  const bare = await fetch(`${url}/v1/force-sync`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${apiKey}`, 'X-Integration-Id': integrationId },
  });
  expect(await bare.json()).toMatchObject({ data: { type: 'FULL', already_queued: false } });

  await sql`update integrations set invalid_since = now() where id = ${integrationId}`.execute(database);
  const invalid = await post('/v1/force-sync', {});
  expect([invalid.status, invalid.error]).toMatchObject([
    409,
    {
      code: null,
      message: 'Gem has refused the key of the integration for days. Connect it again and repeat the call.',
    },
  ]);
  // It was switched off or deleted since the call was let in; or something else is wrong.
  const failing = (error: Error) => {
    const requestSync = async () => {
      throw error;
    };
    return triggerSync({ requestSync }, { id: integrationId } as never, undefined);
  };
  await expect(failing(new NotSynced('INACTIVE'))).rejects.toMatchObject({
    status: 409,
    message: 'The integration is switched off. Switch it on and repeat the call.',
  });
  await expect(failing(new NotSynced('UNKNOWN'))).rejects.toMatchObject({
    code: 'PLATFORM.INTEGRATION_NOT_FOUND',
  });
  const other = new Error('a defect');
  await expect(failing(other)).rejects.toBe(other);
});

test('an integration is switched off and on again, tells its issues, and is deleted', async () => {
  const { database, integrationId, apiKey, url, get } = await startApi();
  const path = `/v1/integrations/${encodeURIComponent(integrationId)}`;
  const send = async (method: string, to: string, body: object) => {
    const headers = { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' };
    const response = await fetch(`${url}${to}`, { method, headers, body: JSON.stringify(body) });
    return [response.status, await response.json()];
  };
  const done = [200, { status: 'success', data: {} }];
  const status = async () => (await get(path)).data['status'];
  expect(await send('PUT', `${path}/enabled`, { value: false })).toEqual(done);
  expect(await status()).toBe('INACTIVE');
  expect(await send('PUT', `${path}/enabled`, { value: true })).toEqual(done);
  expect(await status()).toBe('ACTIVE');

  const [action, at, later] = ['createAtsCandidate', '2026-06-01T00:00:00.000Z', '2026-06-02T00:00:00.000Z'];
  const issue = { integrationId, type: 'integration.action_failing' as const, action, problem: 'all fail' };
  await raiseIssue(database, { ...issue, at });
  await raiseIssue(database, { ...issue, at: later });
  expect((await get(`${path}/issues`)).data).toEqual({
    results: [
      {
        id: expect.any(String),
        type: issue.type,
        title: expect.any(String),
        action,
        problem: 'all fail',
        status: 'OPEN',
        first_observed_at: at,
        last_observed_at: later,
        resolved_at: null,
      },
    ],
  });

  expect(await send('DELETE', path, {})).toEqual(done);
  expect((await get(path)).error.code).toBe('PLATFORM.INTEGRATION_NOT_FOUND');
});

test('a scope config keeps its name and what is not on, and each integration says what is available of it', async () => {
  const { integrationId, apiKey, url, get } = await startApi();
  const set = async (body: object) => {
    const headers = { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' };
    const answer = await fetch(`${url}/v1/scope-config`, {
      method: 'PUT',
      headers,
      body: JSON.stringify(body),
    });
    return ((await answer.json()) as { data: object }).data;
  };
  const id = expect.any(String);
  expect(await set({ settings: { ats_users: 'ENABLED' } })).toEqual({ id, name: 'Everything', settings: {} });
  const settings = { ats_users: 'DISABLED', ats_interviews: 'OPTIONAL', 'ats_jobs.name': 'DISABLED' };
  expect(await set({ settings: { ...settings, ats_jobs: 'ENABLED' } })).toEqual({
    id,
    name: 'Not everything',
    settings,
  });
  expect(await set({ name: 'Ours', settings })).toEqual({ id, name: 'Ours', settings });
  expect((await get('/v1/scope-config')).data).toEqual({ id, name: 'Ours', settings });

  const { data } = await get(`/v1/integrations/${encodeURIComponent(integrationId)}`);
  const models = data['read_models'] as UnifiedSchemas['Integration']['read_models'];
  const said = (part: string) => {
    const model = models.find((one) => one.id === part.split('.')[0]);
    const found = part.includes('.')
      ? model?.fields.find((field) => `${model.id}.${field.id}` === part)
      : model;
    return [found?.is_available, found?.scope_config_setting, found?.opted_out_by_customer];
  };
  expect(said('ats_users')).toEqual([false, 'DISABLED', false]);
  expect(said('ats_interviews')).toEqual([true, 'OPTIONAL', false]);
  expect(said('ats_jobs')).toEqual([true, 'ENABLED', false]);
  expect(said('ats_jobs.name')).toEqual([false, 'DISABLED', false]);

  const lists = ['users', 'jobs', 'candidates', 'applications', 'interviews', 'application_stages'];
  await set({ settings: Object.fromEntries(lists.map((list) => [`ats_${list}`, 'DISABLED'])) });
  for (const list of lists) {
    const answer = await get(`/v1/ats/${list.replace('_', '-')}`);
    expect([list, answer.status, answer.error.code]).toEqual([list, 403, 'INTEGRATION.MODEL_DISABLED']);
  }
});
