import { defaultDelivery, type DeliverySettings } from '../webhooks/settings.ts';

/** How background work is done. */
export interface WorkSettings {
  /** How many syncs one process runs at once. */
  syncsAtOnce: number;
  /** Seconds between two looks for syncs that are due, and for those whose process has died. */
  checkEverySeconds: number;
  /** Milliseconds after which a run of a sync is given up as TIMED_OUT. */
  syncTimeLimit: number;
  /** How many integrations one process tells webhooks of at once. */
  deliveriesAtOnce: number;
  webhooks: DeliverySettings;
  keep: RetentionSettings;
}

/** For how many days old data is stored. */
export interface RetentionSettings {
  /** The values of rows whose records are gone from Gem. */
  goneRows: number;
  /** The data and the credentials of integrations that were deleted. */
  deletedIntegrations: number;
  /** Syncs that have ended. */
  syncs: number;
  /** Events that have arrived or were given up. */
  events: number;
}

/** Settings of which any may be left out. */
export type GivenWorkSettings = Partial<Omit<WorkSettings, 'webhooks' | 'keep'>> & {
  webhooks?: Partial<DeliverySettings>;
  keep?: Partial<RetentionSettings>;
};

/** Fills in the defaults. */
export function readWorkSettings(given: GivenWorkSettings = {}): WorkSettings {
  return {
    syncsAtOnce: given.syncsAtOnce ?? 4,
    checkEverySeconds: given.checkEverySeconds ?? 10,
    syncTimeLimit: given.syncTimeLimit ?? 6 * 3_600_000,
    deliveriesAtOnce: given.deliveriesAtOnce ?? 4,
    webhooks: { ...defaultDelivery, ...given.webhooks },
    keep: { ...defaultRetention, ...given.keep },
  };
}

/** Fourteen days are Kombo's (kombo-unified-api §4.6, §5.3). */
const defaultRetention: RetentionSettings = { goneRows: 14, deletedIntegrations: 14, syncs: 30, events: 30 };
