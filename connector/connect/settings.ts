/** How accounts are connected on the connection page. */
export interface ConnectionSettings {
  /** Where Gem is. */
  gemUrl: string;
  /** The partner's secret, which stands beside the customers' shareable keys (gem-ats-api §1.2). */
  applicationSecret: string | null;
  /** Whether rows carry Gem's records as they came. */
  isRemoteDataEnabled: boolean;
  /** Whether only created applications are synced, where a link does not say (kombo-unified-api §4.2). */
  isCreatedOnly: boolean;
}

/** What is usual. */
export const usualConnections: ConnectionSettings = {
  gemUrl: 'https://api.gem.com',
  applicationSecret: null,
  isRemoteDataEnabled: false,
  isCreatedOnly: false,
};
