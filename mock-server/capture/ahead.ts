/**
 * Does something for each item, some at once, and gives the results in the order of the items: an answer of Gem takes longer
 * than its limit asks to wait.
 */
export async function* ahead<Item, Result>(
  items: AsyncIterable<Item>,
  perform: (item: Item) => Promise<Result>,
): AsyncIterable<Result> {
  const underWay: Promise<Result>[] = [];
  for await (const item of items) {
    const started = perform(item);
    // Whoever waits for it is told in its turn.
    started.catch(() => undefined);
    underWay.push(started);
    if (underWay.length < atOnce) continue;
    const first = underWay.shift();
    if (first) yield await first;
  }
  for (const next of underWay) yield await next;
}

/** At twenty calls a second, half a second of answers. */
const atOnce = 10;
