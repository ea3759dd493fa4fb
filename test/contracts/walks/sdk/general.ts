import { KomboGeneralError } from '@kombo-api/sdk/models/errors';
import { expect } from 'vitest';
import { all, type Rows } from './method.ts';

/** What concerns the key, an integration as a whole, its fields and its tool. */
export const general: Rows<'general'> = {
  checkApiKey: async ({ kombo, both }) => {
    const { data } = await kombo.general.checkApiKey();
    expect(data.environment_id).toBe(both.connector.environmentId);
  },

  triggerSync: async ({ kombo }) => {
    const first = await kombo.general.triggerSync({ type: 'FULL' });
    const second = await kombo.general.triggerSync({ type: 'DELTA' });
    expect(first.data).toMatchObject({ already_queued: false, type: 'FULL' });
    expect(second.data).toEqual({ already_queued: true, type: 'FULL', sync_id: first.data.sync_id });
  },

  sendPassthroughRequest: async ({ kombo, both }) => {
    const { data, warnings } = await kombo.general.sendPassthroughRequest({
      tool: 'gem',
      api: 'api',
      body: { method: 'GET', path: '/jobs/', params: { per_page: '1' } },
    });
    expect([data.status, warnings]).toEqual([200, []]);
    expect(data.url).toBe(`${both.gem.url}/ats/v0/jobs/?per_page=1`);
    expect(data.data).toHaveLength(1);
  },

  deleteIntegration: async ({ kombo, connectAnother }) => {
    const integration_id = await connectAnother();
    expect((await kombo.general.deleteIntegration({ integration_id, body: {} })).data).toEqual({});
    await expect(kombo.general.getIntegrationDetails({ integration_id })).rejects.toMatchObject({
      statusCode: 404,
    });
  },

  getIntegrationDetails: async ({ kombo, both, integration_id }) => {
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
  },

  setIntegrationEnabled: async ({ kombo, connectAnother }) => {
    const integration_id = await connectAnother();
    const status = async (value: boolean) => {
      await kombo.general.setIntegrationEnabled({ integration_id, body: { value } });
      return (await kombo.general.getIntegrationDetails({ integration_id })).data.status;
    };
    expect([await status(false), await status(true)]).toEqual(['INACTIVE', 'ACTIVE']);
  },

  createReconnectionLink: async ({ kombo, both, integration_id }) => {
    const body = { link_type: 'MAGIC_LINK' as const };
    const { data } = await kombo.general.createReconnectionLink({ integration_id, body });
    expect(data.link).toMatch(new RegExp(`^${both.connector.url}/connect/[\\w-]{43}$`));
    expect((await fetch(data.link)).status).toBe(200);
  },

  createSetupLink: async ({ kombo, integration_id }) => {
    // The integration lacks nothing, and is told so; one that does is in the tests of the connection page.
    const error: unknown = await kombo.general
      .createSetupLink({ integration_id, body: { link_type: 'EMBEDDED' } })
      .catch((refusal: unknown) => refusal);
    expect(error).toBeInstanceOf(KomboGeneralError);
    expect(error).toMatchObject({ statusCode: 400, data$: { error: { code: 'PLATFORM.INPUT_INVALID' } } });
  },

  getIntegrationFields: async ({ kombo, integration_id }) => {
    const fields = await all(kombo.general.getIntegrationFields({ integration_id, page_size: 2 }));
    expect(fields.map(({ model, key }) => `${model}/${key}`)).toEqual(
      expect.arrayContaining(['ats_jobs/offices', 'ats_jobs/departments', 'ats_applications/source']),
    );
    expect(new Set(fields.map(({ id }) => id)).size).toBe(fields.length);
  },

  updateIntegrationField: async ({ kombo, integration_id }) => {
    const fields = await all(kombo.general.getIntegrationFields({ integration_id }));
    const id = fields.find(({ key }) => key === 'departments')?.id ?? '';
    const update = async (enable_passthrough: boolean | null) => {
      const body = { enable_passthrough };
      const request = { integration_id, integration_field_id: id, body };
      return (await kombo.general.updateIntegrationField(request)).data;
    };
    expect(await update(false)).toMatchObject({ id, is_passthrough_enabled: false, is_writable: false });
    expect((await update(null)).is_passthrough_enabled).toBe(true);
  },

  getCustomFields: async ({ kombo, integration_id }) => {
    const fields = await all(kombo.general.getCustomFields({ integration_id, page_size: 1 }));
    expect(fields.map(({ key, integration_field: field }) => [key, field?.key])).toEqual([
      ['source', 'source'],
      ['departments', 'departments'],
      ['offices', 'offices'],
    ]);
  },

  updateCustomFieldMapping: async ({ kombo, integration_id }) => {
    const [, departments, offices] = await all(kombo.general.getCustomFields({ integration_id }));
    const map = async (integration_field_id: string | null) => {
      const body = { integration_field_id };
      const request = { integration_id, custom_field_id: departments?.id ?? '', body };
      return (await kombo.general.updateCustomFieldMapping(request)).data.integration_field;
    };
    expect(await map(null)).toBeNull();
    expect((await map(offices?.integration_field?.id ?? ''))?.key).toBe('offices');
    expect((await map(departments?.integration_field?.id ?? ''))?.key).toBe('departments');
  },

  getTools: async ({ kombo }) => {
    const { data } = await kombo.general.getTools({ category: 'ats' });
    expect(data.tools.map(({ id }) => id)).toEqual(['gem']);
    const guide = await fetch(data.tools[0]?.connection_guide_url ?? '');
    expect(await guide.text()).toContain('Third party applications');
    for (const category of ['hris', 'assessment', 'lms'] as const) {
      expect((await kombo.general.getTools({ category })).data.tools).toEqual([]);
    }
  },
};
