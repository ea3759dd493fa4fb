import { addWebhookEvent } from '../store/queries/webhooks.ts';
import { readPublicUrl } from '../store/queries/environments.ts';
import type { Database } from '../store/schema.ts';
import { connectionFlowFailed } from './events.ts';

/** Tells that somebody who was to connect an account could not (kombo-unified-api §4.7). */
export async function tellConnectionFailed(
  database: Database,
  {
    environmentId,
    endUserOrganizationName: organization_name,
    endUserEmail: creator_email,
    endUserOriginId: origin_id,
    at,
  }: {
    environmentId: string;
    endUserOrganizationName: string;
    endUserEmail: string | null;
    endUserOriginId: string | null;
    at: string;
  },
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    const publicUrl = await readPublicUrl(transaction, environmentId);
    const { type, data } = connectionFlowFailed({ organization_name, creator_email, origin_id }, publicUrl);
    await addWebhookEvent(transaction, { environmentId, integrationId: null, type, data, at });
  });
}
