/** How far a job can be done remotely, from Gem's location type; null when unset or unknown (kombo-unified-api §5.7). */
export function remoteWorkStatus(locationType: string | undefined): string | null {
  return statuses.get(locationType) ?? null;
}

const statuses: ReadonlyMap<string | undefined, string> = new Map([
  ['in_office', 'ON_SITE'],
  ['hybrid', 'HYBRID'],
  ['remote', 'REMOTE'],
]);
