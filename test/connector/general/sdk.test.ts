// Every general and connect method of the official client, unmodified, against the connector (kombo-unified-api §7).
import { Kombo } from '@kombo-api/sdk';
import { KomboGeneralError } from '@kombo-api/sdk/models/errors';
import { beforeAll, describe, expect, test } from 'vitest';
import { useBoth } from '../../support/both.ts';

const both = useBoth();
let kombo: Kombo;
let integration_id: string;

beforeAll(() => {
  integration_id = both.integrationId;
  kombo = new Kombo({ api_key: both.connector.apiKey, integration_id, server_url: both.connector.apiUrl });
});

async function all<Item>(pages: PromiseLike<AsyncIterable<{ result: { data: { results: Item[] } } }>>) {
  const items: Item[] = [];
  for await (const page of await pages) items.push(...page.result.data.results);
  return items;
}

describe('the official client', () => {
  test('checks the key', async () => {
    const { data } = await kombo.general.checkApiKey();
    expect(data.environment_id).toBe(both.connector.environmentId);
  });

  test('shows an integration', async () => {
    const { data } = await kombo.general.getIntegrationDetails({ integration_id });
    expect(data).toMatchObject({
      id: integration_id,
      tool: { id: 'gem', label: 'Gem' },
      category: 'ATS',
      status: 'ACTIVE',
      setup_status: 'COMPLETED',
      end_user: { organization_name: both.gem.world.company.name, creator_email: null, origin_id: null },
      data_expired_at: null,
      beta: true,
    });
    expect(data.created_at).toBeInstanceOf(Date);
    expect(data.read_models).toHaveLength(10);
    expect(data.write_actions.flatMap(({ fields }) => fields)).toContainEqual({
      id: 'candidate.gender',
      is_available: false,
      coverage_status: 'UNSUPPORTED',
    });
  });

  test('lists the tools of each category', async () => {
    const { data } = await kombo.general.getTools({ category: 'ats' });
    expect(data.tools.map(({ id }) => id)).toEqual(['gem']);
    const guide = await fetch(data.tools[0]?.connection_guide_url ?? '');
    expect(await guide.text()).toContain('Third party applications');
    for (const category of ['hris', 'assessment', 'lms'] as const) {
      expect((await kombo.general.getTools({ category })).data.tools).toEqual([]);
    }
  });

  test('asks for a sync, and is told which one waits already', async () => {
    const first = await kombo.general.triggerSync({ type: 'FULL' });
    const second = await kombo.general.triggerSync({ type: 'DELTA' });
    expect(first.data).toMatchObject({ already_queued: false, type: 'FULL' });
    expect(second.data).toEqual({ already_queued: true, type: 'FULL', sync_id: first.data.sync_id });
  });

  test('reads raw fields page by page, and passes one on or not', async () => {
    const fields = await all(kombo.general.getIntegrationFields({ integration_id, page_size: 2 }));
    expect(fields.map(({ model, key }) => `${model}/${key}`)).toEqual(
      expect.arrayContaining(['ats_jobs/offices', 'ats_jobs/departments', 'ats_applications/source']),
    );
    expect(new Set(fields.map(({ id }) => id)).size).toBe(fields.length);
    const id = fields.find(({ key }) => key === 'departments')?.id ?? '';
    const hidden = await kombo.general.updateIntegrationField({
      integration_id,
      integration_field_id: id,
      body: { enable_passthrough: false },
    });
    expect(hidden.data).toMatchObject({ id, is_passthrough_enabled: false, is_writable: false });
    const shown = await kombo.general.updateIntegrationField({
      integration_id,
      integration_field_id: id,
      body: { enable_passthrough: null },
    });
    expect(shown.data.is_passthrough_enabled).toBe(true);
  });

  test('reads custom fields page by page, and maps one', async () => {
    const fields = await all(kombo.general.getCustomFields({ integration_id, page_size: 1 }));
    expect(fields.map(({ key, integration_field }) => [key, integration_field?.key])).toEqual([
      ['source', 'source'],
      ['departments', 'departments'],
      ['offices', 'offices'],
    ]);
    const [, departments, offices] = fields;
    const map = (target: string | null) =>
      kombo.general.updateCustomFieldMapping({
        integration_id,
        custom_field_id: departments?.id ?? '',
        body: { integration_field_id: target },
      });
    expect((await map(null)).data.integration_field).toBeNull();
    expect((await map(offices?.integration_field?.id ?? '')).data.integration_field?.key).toBe('offices');
    expect((await map(departments?.integration_field?.id ?? '')).data.integration_field?.key).toBe(
      'departments',
    );
  });

  test('gets links to connect, and to connect again', async () => {
    const connection = await kombo.connect.createConnectionLink({
      end_user_email: 'grace@example.com',
      end_user_organization_name: 'Halden Robotics',
      integration_category: 'ATS',
      integration_tool: 'gem',
      language: 'de',
    });
    const again = await kombo.general.createReconnectionLink({
      integration_id,
      body: { link_type: 'MAGIC_LINK' },
    });
    for (const { link } of [connection.data, again.data]) {
      expect(link).toMatch(new RegExp(`^${both.connector.url}/connect/[\\w-]{43}$`));
      expect((await fetch(link)).status).toBe(200);
    }
  });

  test('switches an integration off and on', async () => {
    const switched = (value: boolean) =>
      kombo.general.setIntegrationEnabled({ integration_id, body: { value } });
    await switched(false);
    expect((await kombo.general.getIntegrationDetails({ integration_id })).data.status).toBe('INACTIVE');
    await expect(kombo.ats.getJobs()).rejects.toMatchObject({
      statusCode: 409,
      data$: { error: { code: 'INTEGRATION.INACTIVE' } },
    });
    const [stage_id, application_id] = ['26vafvWSRmbhNcxJYqjCzuJg', 'application'];
    await expect(
      kombo.ats.moveApplicationToStage({ application_id, body: { stage_id } }),
    ).rejects.toMatchObject({ statusCode: 409, data$: { error: { code: 'INTEGRATION.INACTIVE' } } });
    await expect(kombo.general.triggerSync({})).rejects.toMatchObject({
      statusCode: 409,
      data$: { error: { code: null, message: expect.stringContaining('switched off') } },
    });
    await switched(true);
    expect((await kombo.general.getIntegrationDetails({ integration_id })).data.status).toBe('ACTIVE');
  });
});

const unknown = 'gem:8d1hpPsbjxUkoCoa1veLZGe5';
const end_user = { end_user_email: 'grace@example.com', end_user_organization_name: 'Halden' };

describe('the official client is refused with its own class of error', () => {
  test.each<[string, () => Promise<unknown>, number, string]>([
    [
      'an unknown integration',
      () => kombo.general.getIntegrationDetails({ integration_id: unknown }),
      404,
      'PLATFORM.INTEGRATION_NOT_FOUND',
    ],
    [
      'an id of another form',
      () => kombo.general.getIntegrationDetails({ integration_id: 'x' }),
      400,
      'PLATFORM.INPUT_INVALID',
    ],
    [
      'deleting an unknown one',
      () => kombo.general.deleteIntegration({ integration_id: unknown, body: {} }),
      404,
      'PLATFORM.INTEGRATION_NOT_FOUND',
    ],
    [
      'a setup that lacks nothing',
      () => kombo.general.createSetupLink({ integration_id, body: { link_type: 'EMBEDDED' } }),
      400,
      'PLATFORM.INPUT_INVALID',
    ],
    ['another category', () => kombo.connect.createConnectionLink(end_user), 400, 'PLATFORM.INPUT_INVALID'],
    [
      'another tool',
      () =>
        kombo.connect.createConnectionLink({
          ...end_user,
          integration_category: 'ATS',
          integration_tool: 'lever',
        }),
      400,
      'PLATFORM.INPUT_INVALID',
    ],
    [
      'another scope config',
      () => kombo.general.createReconnectionLink({ integration_id, body: { scope_config_id: 'x' } }),
      400,
      'PLATFORM.INPUT_INVALID',
    ],
    [
      'an unknown token',
      () => kombo.connect.getIntegrationByToken({ token: 'x' }),
      404,
      'PLATFORM.INTEGRATION_NOT_FOUND',
    ],
    [
      'an unknown raw field',
      () =>
        kombo.general.updateIntegrationField({
          integration_id,
          integration_field_id: 'x',
          body: { enable_passthrough: true },
        }),
      404,
      'PLATFORM.INPUT_INVALID',
    ],
    [
      'an unknown custom field',
      () =>
        kombo.general.updateCustomFieldMapping({
          integration_id,
          custom_field_id: 'x',
          body: { integration_field_id: null },
        }),
      404,
      'PLATFORM.INPUT_INVALID',
    ],
    [
      'too large a page',
      () => all(kombo.general.getCustomFields({ integration_id, page_size: 251 })),
      400,
      'PLATFORM.INPUT_INVALID',
    ],
    [
      'a cursor of its own making',
      () => all(kombo.general.getIntegrationFields({ integration_id, cursor: 'x' })),
      400,
      'PLATFORM.INPUT_INVALID',
    ],
  ])('%s', async (_, call, statusCode, code) => {
    const error: unknown = await call().catch((refusal: unknown) => refusal);
    expect(error).toBeInstanceOf(KomboGeneralError);
    expect(error).toMatchObject({ statusCode, data$: { error: { code } } });
  });

  test('a mapping to a raw field of another model', async () => {
    const custom = await all(kombo.general.getCustomFields({ integration_id }));
    const [source, departments] = custom;
    const error: unknown = await kombo.general
      .updateCustomFieldMapping({
        integration_id,
        custom_field_id: departments?.id ?? '',
        body: { integration_field_id: source?.integration_field?.id ?? '' },
      })
      .catch((refusal: unknown) => refusal);
    expect(error).toMatchObject({ statusCode: 400, data$: { error: { code: 'PLATFORM.INPUT_INVALID' } } });
  });
});

describe('at last', () => {
  test('the official client deletes the integration, and nobody finds it any more', async () => {
    expect((await kombo.general.deleteIntegration({ integration_id, body: {} })).data).toEqual({});
    await expect(kombo.general.getIntegrationDetails({ integration_id })).rejects.toMatchObject({
      statusCode: 404,
    });
    await expect(kombo.ats.getJobs()).rejects.toMatchObject({
      data$: { error: { code: 'PLATFORM.INTEGRATION_NOT_FOUND' } },
    });
    await expect(kombo.general.triggerSync({})).rejects.toMatchObject({ statusCode: 404 });
  });
});
