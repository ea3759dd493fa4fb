import type { UnifiedSchemas } from '../../../contracts/unified.ts';
import type { Services } from '../../actions/services.ts';
import { readModels, writeActions, toolCoverage } from '../../actions/coverage.ts';
import { UnifiedProblem } from '../../errors.ts';
import { setupStatusOf } from '../../store/queries/integration-state.ts';
import { countOpenIssues } from '../../store/queries/issues.ts';
import { countRejected } from '../../store/queries/rejected.ts';
import { readScopeConfig } from '../../store/queries/scope.ts';
import { nameOf, scopeConfigIdOf, scopeOf } from './scope-config.ts';
import {
  findIntegration,
  listIntegrations,
  type Integration,
  readEndUser,
} from '../../store/queries/integrations.ts';

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
      scope_config: {
        id: scopeConfigIdOf(integration.environmentId),
        name: nameOf(await readScopeConfig(database, integration.environmentId)),
      },
      data_expired_at: integration.dataExpiredAt,
      created_at: integration.createdAt,
      beta: true,
      read_models: readModels.map((model) => toModel(integration, model)),
      write_actions: writeActions.map((action) => toAction(integration, action)),
    },
  };
}

/** `GET /integrations`: what is connected, the oldest first; this connector's own. */
export async function showIntegrations(
  { database, vault }: Pick<Services, 'database' | 'vault'>,
  environmentId: string,
): Promise<UnifiedSchemas['IntegrationsAnswer']> {
  const integrations = await listIntegrations({ database, vault }, environmentId);
  const issues = await countOpenIssues(database, environmentId);
  const results = await Promise.all(
    integrations.map(async (integration) => {
      const rejected = await countRejected(database, integration.id);
      return {
        id: integration.id,
        status: integration.state,
        organization_name: integration.endUserOrganizationName,
        created_at: integration.createdAt,
        first_synced_at: integration.firstSyncedAt,
        data_expired_at: integration.dataExpiredAt,
        rejected_records: rejected.reduce((sum, { count }) => sum + count, 0),
        open_issues: issues.get(integration.id) ?? 0,
      };
    }),
  );
  return { status: 'success', data: { results } };
}

type Part = UnifiedSchemas['CoveredPart'];

function toModel(
  integration: Integration,
  { id, label, coverage_status, fields }: Part,
): UnifiedSchemas['IntegrationModel'] {
  return {
    id,
    label,
    coverage_status,
    ...scopeOf(integration, id),
    fields: fields.map((field) => Object.assign({}, field, scopeOf(integration, `${id}.${field.id}`))),
  };
}

function toAction(
  integration: Integration,
  { id, label, coverage_status, fields }: Part,
): UnifiedSchemas['IntegrationAction'] {
  const inputs = fields.map((field) => ({
    id: field.id,
    coverage_status: field.coverage_status,
    is_available: field.coverage_status === 'SUPPORTED',
  }));
  return { id, label, coverage_status, ...scopeOf(integration, id), fields: inputs };
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

const assets = 'https://storage.googleapis.com/kombo-assets/integrations/gem';

/** Gem, as an integration names its tool (kombo-unified-api §4.6). */
const toolSummary: UnifiedSchemas['Integration']['tool'] = {
  id: 'gem',
  label: 'Gem',
  internal_label: null,
  logo_url: `${assets}/logo.svg`,
  icon_url: `${assets}/icon.svg`,
};

/** `GET /tools/{category}`: the tools that can be connected. Gem is the only one. */
export function listTools(category: string, publicUrl: string): UnifiedSchemas['ToolsAnswer'] {
  return { status: 'success', data: { tools: category === 'ats' ? [gem(publicUrl)] : [] } };
}

function gem(publicUrl: string): UnifiedSchemas['Tool'] {
  const { id, label, internal_label, logo_url, icon_url } = toolSummary;
  return {
    id,
    label,
    internal_label,
    assets: { logo_url, icon_url, icon_black_url: `${assets}/icon-black.svg` },
    paid_api_details_markdown: null,
    fast_track_details_markdown: null,
    partner_only_details_markdown:
      'Gem gives its integration partners an application secret, without which no shareable access key works. ' +
      'Become a partner of Gem first, and start the connector with the secret in `GEM_APPLICATION_SECRET`.',
    connection_guide_url: `${publicUrl}/connect/guide`,
    coverage: toolCoverage(),
  };
}
