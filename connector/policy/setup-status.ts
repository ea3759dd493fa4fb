/** How far the setup of an integration has come. Without an acting user nothing can be written to Gem. */
export function setupStatusOf({
  actingUserId,
  firstSyncedAt,
}: {
  actingUserId: string | null;
  firstSyncedAt: string | null;
}): 'INCOMPLETE' | 'FINAL_SYNC_PENDING' | 'COMPLETED' {
  if (actingUserId === null) return 'INCOMPLETE';
  return firstSyncedAt === null ? 'FINAL_SYNC_PENDING' : 'COMPLETED';
}
