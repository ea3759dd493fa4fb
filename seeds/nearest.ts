/**
 * The known word that was most likely meant, if any comes close.
 *
 * @returns undefined where every known word is too far away to be worth suggesting
 */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  const written = word.toLowerCase();
  // A whole page is no mistyped word, and the time to compare it grows with the square of its length.
  if (written.length > maxLetters) return undefined;
  let looks = maxComparisons;
  const farthest = Math.max(1, Math.floor(written.length / 3));
  let best: { word: string; distance: number } | undefined;
  for (const candidate of known) {
    const meant = candidate.toLowerCase();
    // Lengths that differ more than the best distance cannot win; that spares most of the work.
    if (Math.abs(meant.length - written.length) > (best?.distance ?? farthest)) continue;
    if ((looks -= 1) < 0) break;
    const distance = editDistance(written, meant);
    if (distance <= farthest && distance < (best?.distance ?? Infinity)) best = { word: candidate, distance };
  }
  return best?.word;
}

/** Letters of a word that is looked for. */
const maxLetters = 100;

/** Words of about its length that it is compared with. */
const maxComparisons = 2000;

/** How many letters have to be added, removed, exchanged or swapped with their neighbour to make one word of the other. */
export function editDistance(left: string, right: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const here = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const isSame = left[row - 1] === right[column - 1];
      const isSwapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      const ways = [
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
        (last[column] ?? 0) + 1,
        (here[column - 1] ?? 0) + 1,
        row > 1 && column > 1 && isSwapped ? (beforeLast[column - 2] ?? 0) + 1 : Infinity,
      ];
      here.push(Math.min(...ways));
    }
    [beforeLast, last] = [last, here];
  }
  return last[right.length] ?? 0;
}
