// What the official client is refused. Its methods themselves are walked in test/contracts/every-sdk-method.test.ts.
import { Kombo } from '@kombo-api/sdk';
import { KomboGeneralError } from '@kombo-api/sdk/models/errors';
import { beforeAll, describe, expect, test } from 'vitest';
import { all } from '../../contracts/walks/sdk/method.ts';
import { useBoth } from '../../support/both.ts';

const both = useBoth();
let kombo: Kombo;
let integration_id: string;

beforeAll(() => {
  integration_id = both.integrationId;
  kombo = new Kombo({ api_key: both.connector.apiKey, integration_id, server_url: both.connector.apiUrl });
});

describe('the official client', () => {
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
