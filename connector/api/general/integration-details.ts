import type { Services } from '../../actions/services.ts';
import { readModels, writeActions } from '../../actions/coverage.ts';
import { toolSummary } from './tool.ts';
import { UnifiedProblem } from '../../errors.ts';
import { komboId } from '../../identifiers.ts';
import { setupStatusOf } from '../../store/queries/integration-state.ts';
import { findIntegration, type Integration, readEndUser } from '../../store/queries/integrations.ts';
import type { UnifiedSchemas } from '../../../contracts/unified.ts';

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
      data_expired_at: integration.dataExpiredAt,
      created_at: integration.createdAt,
      beta: true,
      read_models: readModels.map(toModel),
      write_actions: writeActions.map(toAction),
    },
  };
}

type Part = UnifiedSchemas['CoveredPart'];

const enabled = {
  is_available: true,
  scope_config_setting: 'ENABLED',
  opted_out_by_customer: false,
} as const;

function toModel({ id, label, coverage_status, fields }: Part): UnifiedSchemas['IntegrationModel'] {
  return {
    id,
    label,
    coverage_status,
    ...enabled,
    fields: fields.map((field) => Object.assign({}, field, enabled)),
  };
}

function toAction({ id, label, coverage_status, fields }: Part): UnifiedSchemas['IntegrationAction'] {
  const inputs = fields.map((field) => ({
    id: field.id,
    coverage_status: field.coverage_status,
    is_available: field.coverage_status === 'SUPPORTED',
  }));
  return { id, label, coverage_status, ...enabled, fields: inputs };
}

/** The id of an environment's one scope config, in which everything is enabled (kombo-unified-api §4.9). */
export function scopeConfigIdOf(environmentId: string): string {
  return komboId(environmentId, 'scope-config');
}

/**
 * Finds the integration that a path names.
 *
 * @throws UnifiedProblem when the environment has no such integration, or it was deleted
 */
export async function ownIntegration(
  store: Pick<Services, 'database' | 'vault'>,
  environmentId: string,
  integrationId: string,
): Promise<Integration> {
  const integration = await findIntegration(store, integrationId);
  if (integration?.environmentId === environmentId) return integration;
  throw new UnifiedProblem('PLATFORM.INTEGRATION_NOT_FOUND', 'This environment has no such integration.');
}
