/** The name of the lock that keeps an integration from being synced twice at once. */
export function lockOf(integrationId: string): string {
  return `sync of ${integrationId}`;
}
