/** The middle one of some numbers. */
export function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;
}

/** The middle one of some rounds, and between which two the middle half of them lies. */
export interface Spread {
  median: number;
  low: number;
  high: number;
}

/** How far the numbers of some rounds lie from one another, without the few that lie farthest. */
export function spreadOf(numbers: readonly number[]): Spread {
  const sorted = numbers.toSorted((one, other) => one - other);
  const quarter = Math.floor(sorted.length / 4);
  return {
    median: median(numbers),
    low: sorted[quarter] ?? 0,
    high: sorted[sorted.length - 1 - quarter] ?? 0,
  };
}
