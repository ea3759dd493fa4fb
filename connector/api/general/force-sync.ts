import type { UnifiedSchemas } from '../../../contracts/unified.ts';
import type { Services } from '../../actions/services.ts';
import { unknownIntegration, withoutCategory } from '../../errors.ts';
import type { Integration } from '../../store/queries/integrations.ts';
import { NotSynced } from '../../work/request-sync.ts';

/**
 * `POST /force-sync`: asks for a sync (kombo-unified-api §4.5).
 *
 * @throws UnifiedProblem without a category when the integration is not synced: general calls have no code for it
 */
export async function triggerSync(
  { requestSync }: Pick<Services, 'requestSync'>,
  { id }: Integration,
  body: UnifiedSchemas['TriggerSyncBody'] | undefined,
): Promise<UnifiedSchemas['TriggeredSyncAnswer']> {
  try {
    return { status: 'success', data: await requestSync(id, body?.type ?? 'FULL') };
  } catch (error) {
    if (!(error instanceof NotSynced)) throw error;
    if (error.state === 'UNKNOWN') throw unknownIntegration();
    throw withoutCategory(reasons[error.state], 409, error);
  }
}

const reasons: Readonly<Record<'INACTIVE' | 'INVALID', string>> = {
  INACTIVE: 'The integration is switched off. Switch it on and repeat the call.',
  INVALID: 'Gem has refused the key of the integration for days. Connect it again and repeat the call.',
};
