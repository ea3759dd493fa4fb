import type { Clock } from '../../contracts/clock.ts';
import type { Log } from '../config.ts';
import type { GemClient } from '../gem/client.ts';
import type { Database, Integration, SyncType, Vault } from '../store/index.ts';
import type { RequestedSync } from '../work/index.ts';
import type { DownloadLimits } from '../outbound/index.ts';

/** What the connector's operations work with. */
export interface Services {
  database: Database;
  vault: Vault;
  clock: Clock;
  log: Log;
  downloads: DownloadLimits;
  /** The client that speaks to the Gem account of an integration, which need not be saved yet. */
  clientOf(integration: Pick<Integration, 'gem'>): GemClient;
  /**
   * Asks for a sync, which some worker then performs.
   *
   * @throws NotSynced when the integration is switched off, invalid or unknown
   */
  requestSync(integrationId: string, type: SyncType): Promise<RequestedSync>;
}
