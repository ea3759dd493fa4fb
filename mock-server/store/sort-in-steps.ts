import type { Steps } from '../machine/slices.ts';

/** Items that are sorted in one step. */
const run = 512;

/** Items that are merged in one step. */
const stretch = 4096;

/** Sorts as `toSorted` does, step by step: what compares as equal stays in order. */
export function* sortInSteps<Item extends NonNullable<unknown>>(
  items: readonly Item[],
  compare: (one: Item, other: Item) => number,
): Steps<Item[]> {
  let runs: Item[][] = [];
  for (let start = 0; start < items.length; start += run) {
    runs.push(items.slice(start, start + run).sort(compare));
    yield;
  }
  while (runs.length > 1) {
    const merged: Item[][] = [];
    for (let index = 0; index < runs.length; index += 2) {
      merged.push(yield* merge(runs[index] ?? [], runs[index + 1] ?? [], compare));
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

function* merge<Item extends NonNullable<unknown>>(
  left: Item[],
  right: Item[],
  compare: (one: Item, other: Item) => number,
): Steps<Item[]> {
  const merged: Item[] = [];
  let [at, other] = [0, 0];
  for (;;) {
    const [one, two] = [left[at], right[other]];
    if (one === undefined || two === undefined) break;
    if (compare(one, two) <= 0) {
      merged.push(one);
      at += 1;
    } else {
      merged.push(two);
      other += 1;
    }
    if (merged.length % stretch === 0) yield;
  }
  for (const [rest, from] of [[left, at] as const, [right, other] as const]) {
    for (let start = from; start < rest.length; start += stretch) {
      merged.push(...rest.slice(start, start + stretch));
      yield;
    }
  }
  return merged;
}
