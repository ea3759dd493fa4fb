import { expect } from 'vitest';
import { submit } from '../../../connector/connect/support/link.ts';
import type { Rows } from './method.ts';

const customer = {
  end_user_email: 'grace@example.com',
  end_user_organization_name: 'Halden Robotics',
  integration_category: 'ATS' as const,
  integration_tool: 'gem' as const,
};

/** How a customer's account comes in. */
export const connect: Rows<'connect'> = {
  createConnectionLink: async ({ kombo, both }) => {
    const { data } = await kombo.connect.createConnectionLink({ ...customer, language: 'de' });
    expect(data.link).toMatch(new RegExp(`^${both.connector.url}/connect/[\\w-]{43}$`));
    expect((await fetch(data.link)).status).toBe(200);
  },

  getIntegrationByToken: async ({ kombo, both }) => {
    const { link } = (await kombo.connect.createConnectionLink(customer)).data;
    const world = await both.gem.openWorld();
    const choices = await submit(link, 'key', { key: world.key });
    const [, user = ''] = /<option value="([^"]+)"/.exec(choices.text) ?? [];
    const [, token = ''] = /data-token="([^"]+)"/.exec((await submit(link, 'finish', { user })).text) ?? [];
    const { data } = await kombo.connect.getIntegrationByToken({ token });
    expect(data).toMatchObject({
      tool: 'gem',
      end_user_organization_name: 'Halden Robotics',
      end_user_email: 'grace@example.com',
    });
    const integration_id = data.id;
    expect((await kombo.general.getIntegrationDetails({ integration_id })).data.id).toBe(integration_id);
  },
};
