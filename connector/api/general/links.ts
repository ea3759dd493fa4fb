import type { UnifiedSchemas } from '../../../contracts/unified.ts';
import type { Services } from '../../actions/services.ts';
import { issueLink, resultSince } from '../../connect/links.ts';
import { invalidInput, UnifiedProblem } from '../../errors.ts';
import { findConnected, type LinkPurpose } from '../../store/queries/connection-links.ts';
import { type Integration, readEndUser } from '../../store/queries/integrations.ts';
import { setupStatusOf } from '../../store/queries/integration-state.ts';
import { ownIntegration } from './integration-details.ts';
import { scopeConfigIdOf } from './scope-config.ts';

type LinkAnswer = UnifiedSchemas['LinkAnswer'];
type Linking = Pick<Services, 'database' | 'clock'>;

/** `POST /connect/create-link`: a link with which a customer connects an account (kombo-unified-api §4.6). */
export async function createConnectionLink(
  services: Linking,
  { environmentId, publicUrl }: { environmentId: string; publicUrl: string },
  body: UnifiedSchemas['CreateLinkBody'],
): Promise<LinkAnswer> {
  if (body.integration_category !== 'ATS') {
    throw invalidInput('body integration_category must be ATS: there is no tool for the other categories.');
  }
  if ((body.integration_tool ?? 'gem') !== 'gem') {
    throw invalidInput('body integration_tool must be gem, or left out: there is no other tool.');
  }
  refuseUnknownScope(environmentId, body.scope_config_id);
  const link = await issueLink(services, publicUrl, {
    environmentId,
    purpose: 'CONNECT',
    integrationId: null,
    isEmbedded: (body.link_type ?? 'EMBEDDED') === 'EMBEDDED',
    endUserOrganizationName: body.end_user_organization_name,
    endUserEmail: body.end_user_email,
    endUserOriginId: body.end_user_origin_id ?? null,
    isCreatedOnly: body.only_created_applications ?? null,
  });
  return { status: 'success', data: { link } };
}

/** `POST /integrations/{id}/relink`: a link with which the customer gives the integration a new key. */
export async function createReconnectionLink(
  services: Linking,
  publicUrl: string,
  integration: Integration,
  body: UnifiedSchemas['RelinkBody'],
): Promise<LinkAnswer> {
  refuseUnknownScope(integration.environmentId, body.scope_config_id);
  return linkTo(services, publicUrl, integration, 'RELINK', body.link_type);
}

/** `POST /integrations/{id}/setup-link`: a link with which the customer does what the setup lacks. */
export async function createSetupLink(
  services: Linking,
  publicUrl: string,
  integration: Integration,
  body: UnifiedSchemas['SetupLinkBody'],
): Promise<LinkAnswer> {
  if (setupStatusOf(integration) !== 'INCOMPLETE') {
    throw invalidInput('The setup of this integration lacks nothing, so there is nothing to link to.');
  }
  return linkTo(services, publicUrl, integration, 'SETUP', body.link_type);
}

/** `GET /connect/integration-by-token/{token}`: what came of a connection. */
export async function findIntegrationByToken(
  services: Pick<Services, 'database' | 'vault' | 'clock'>,
  environmentId: string,
  token: string,
): Promise<UnifiedSchemas['ConnectedIntegrationAnswer']> {
  const { database, clock } = services;
  const since = resultSince(clock.now());
  const id = await findConnected(database, { resultToken: token, environmentId, since });
  if (id === undefined) {
    const message = 'No connection has this token, or it was made more than an hour ago.';
    throw new UnifiedProblem('PLATFORM.INTEGRATION_NOT_FOUND', message);
  }
  const integration = await ownIntegration(services, environmentId, id);
  const { email, originId } = await readEndUser(database, id);
  return {
    status: 'success',
    data: {
      tool: 'gem',
      id,
      end_user_origin_id: originId,
      end_user_organization_name: integration.endUserOrganizationName,
      end_user_email: email,
      setup_status: setupStatusOf(integration),
    },
  };
}

async function linkTo(
  services: Linking,
  publicUrl: string,
  integration: Integration,
  purpose: LinkPurpose,
  type: UnifiedSchemas['LinkType'] = 'EMBEDDED',
): Promise<LinkAnswer> {
  const endUser = await readEndUser(services.database, integration.id);
  const link = await issueLink(services, publicUrl, {
    environmentId: integration.environmentId,
    purpose,
    integrationId: integration.id,
    isEmbedded: type === 'EMBEDDED',
    endUserOrganizationName: integration.endUserOrganizationName,
    endUserEmail: endUser.email,
    endUserOriginId: endUser.originId,
    isCreatedOnly: null,
  });
  return { status: 'success', data: { link } };
}

function refuseUnknownScope(environmentId: string, scopeConfigId: string | null | undefined): void {
  if ((scopeConfigId ?? scopeConfigIdOf(environmentId)) === scopeConfigIdOf(environmentId)) return;
  throw invalidInput('body scope_config_id is not the id of the environment’s scope config; leave it out.');
}
