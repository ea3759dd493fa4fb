import type { UnifiedSchemas } from '../../../contracts/unified.ts';
import type { Services } from '../../actions/services.ts';
import { komboId } from '../../models/identifiers.ts';
import { readEndUser, type Integration } from '../../store/index.ts';
import { readModels, writeActions } from './coverage.ts';
import { toolSummary } from './tool.ts';

/** `GET /integrations/{id}` (kombo-unified-api §4.6). */
export async function showIntegration(
  { database }: Pick<Services, 'database'>,
  integration: Integration,
): Promise<UnifiedSchemas['IntegrationAnswer']> {
  const { email, originId } = await readEndUser(database, integration.id);
  return {
    status: 'success',
    data: {
      id: integration.id,
      tool: toolSummary,
      category: 'ATS',
      status: integration.state,
      setup_status: setupStatusOf(integration),
      end_user: {
        organization_name: integration.endUserOrganizationName,
        creator_email: email,
        origin_id: originId,
      },
      scope_config: { id: scopeConfigIdOf(integration.environmentId), name: 'Everything' },
      data_expired_at: null,
      created_at: integration.createdAt,
      beta: true,
      read_models: readModels.map(({ fields, ...model }) => ({
        ...model,
        ...enabled,
        fields: fields.map((field) => ({ ...field, ...enabled })),
      })),
      write_actions: writeActions.map(({ fields, ...action }) => ({
        ...action,
        ...enabled,
        fields: fields.map((field) => ({ ...field, is_available: field.coverage_status === 'SUPPORTED' })),
      })),
    },
  };
}

const enabled = {
  is_available: true,
  scope_config_setting: 'ENABLED',
  opted_out_by_customer: false,
} as const;

/** How far the setup of an integration has come. Without an acting user nothing can be written to Gem. */
export function setupStatusOf({
  actingUserId,
  firstSyncedAt,
}: Pick<Integration, 'actingUserId' | 'firstSyncedAt'>): UnifiedSchemas['SetupStatus'] {
  if (actingUserId === null) return 'INCOMPLETE';
  return firstSyncedAt === null ? 'FINAL_SYNC_PENDING' : 'COMPLETED';
}

/** The id of an environment's one scope config, in which everything is enabled (kombo-unified-api §4.9). */
export function scopeConfigIdOf(environmentId: string): string {
  return komboId(environmentId, 'scope-config');
}
