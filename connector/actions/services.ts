import type { Clock } from '../../contracts/clock.ts';
import type { Log } from '../config.ts';
import type { GemClient } from '../gem/client.ts';
import type { Database, Integration, Vault } from '../store/index.ts';
import type { DownloadLimits } from './download.ts';

/** What the connector's operations work with. */
export interface Services {
  database: Database;
  vault: Vault;
  clock: Clock;
  log: Log;
  downloads: DownloadLimits;
  /** The client that speaks to an integration's Gem account. */
  clientOf(integration: Integration): GemClient;
}
