import type { Clock } from '../../contracts/clock.ts';
import type { Log } from '../log.ts';
import type { GemClient, GemClientOptions } from '../gem/client.ts';
import type { Locks } from '../store/locks.ts';
import type { Integration } from '../store/queries/integrations.ts';
import type { SyncType } from '../store/queries/syncs.ts';
import type { Database } from '../store/schema.ts';
import type { Vault } from '../store/vault.ts';
import type { RequestedSync } from '../work/request-sync.ts';
import type { DownloadLimits } from '../outbound/download.ts';

/** What the connector's operations work with. */
export interface Services {
  database: Database;
  vault: Vault;
  /** Keep writes apart that must not be made at once. */
  locks: Locks;
  clock: Clock;
  log: Log;
  downloads: DownloadLimits;
  /** Milliseconds after which the caller of an action gets the answer that it takes too long; left out, never. */
  actionTimeLimit?: number;
  /** The client that speaks to the Gem account of an integration, which need not be saved yet. */
  clientOf(
    integration: Pick<Integration, 'gem'>,
    options?: Pick<GemClientOptions, 'timeout' | 'retry'>,
  ): GemClient;
  /**
   * Asks for a sync, which some worker then performs.
   *
   * @throws NotSynced when the integration is switched off, invalid or unknown
   */
  requestSync(integrationId: string, type: SyncType): Promise<RequestedSync>;
  /** Has some worker send at once the events that wait to be sent. */
  sendEvents(): Promise<void>;
}
