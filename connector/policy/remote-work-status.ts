/** How far a job can be done remotely, from Gem's location type; null when unset or unknown (kombo-unified-api §5.7). */
export function remoteWorkStatus(locationType: string | null | undefined): string | null {
  return statuses[locationType ?? ''] ?? null;
}

const statuses: Readonly<Record<string, string>> = {
  in_office: 'ON_SITE',
  hybrid: 'HYBRID',
  remote: 'REMOTE',
};
