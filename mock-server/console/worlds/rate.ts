/** What was counted of each world in the last minute. */
const counted = new Map<string, { at: number; count: number }[]>();

/** How many requests a world had in the last minute, as far as this page has watched it. */
export function rateOf(world: string, count: number): number {
  const now = performance.now();
  const seen = (counted.get(world) ?? []).filter(
    ({ at, count: before }) => now - at < 60_000 && before <= count,
  );
  if (seen.at(-1)?.count !== count) seen.push({ at: now, count });
  counted.set(world, seen);
  return count - (seen[0]?.count ?? count);
}

/** A key of forty letters and digits that cannot be guessed. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(20)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
