/** A state as people read it: `PARTIALLY_SYNCED` → `partially synced`. */
export function inWords(state: string): string {
  return state.toLowerCase().replaceAll('_', ' ');
}

/** A list of Gem as people read it: `listJobPosts` → `job posts`. */
export function listInWords(listing: string): string {
  return listing
    .replace(/^list/, '')
    .replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .trim();
}

/** A length of time in seconds. */
export function lengthOf(milliseconds: number): string {
  return milliseconds < 10_000
    ? `${(milliseconds / 1000).toFixed(1)} s`
    : `${Math.round(milliseconds / 1000)} s`;
}

/** How many days events are kept, as the connector does unless it is told otherwise. */
export const keptDays = 30;
