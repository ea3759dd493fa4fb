/** A job's status. Both steps of the approval are drafts; a word that Gem adds passes (kombo-unified-api §5.7). */
export function jobStatus(status: string): string {
  return statuses[status] ?? status;
}

const statuses: Readonly<Record<string, string>> = {
  open: 'OPEN',
  closed: 'CLOSED',
  draft: 'DRAFT',
  pending_approval: 'DRAFT',
  approved: 'DRAFT',
};
