import type { Services } from '../../actions/services.ts';
import { UnifiedProblem } from '../../errors.ts';
import { findIntegration, type Integration } from '../../store/queries/integrations.ts';

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
