/** A job's status. Both steps of the approval are drafts; a word that Gem adds passes (kombo-unified-api §5.7). */
export function jobStatus(status: string | undefined): string | null {
  return status === undefined ? null : (statuses.get(status) ?? status);
}

const statuses: ReadonlyMap<string, string> = new Map([
  ['open', 'OPEN'],
  ['closed', 'CLOSED'],
  ['draft', 'DRAFT'],
  ['pending_approval', 'DRAFT'],
  ['approved', 'DRAFT'],
]);
