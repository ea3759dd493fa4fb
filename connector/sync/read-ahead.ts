/**
 * Gives the same items, and fetches each next one while its predecessor is still being worked on. What goes wrong with
 * an item is told when it is the item's turn, and of an item that nobody asks for any more, never.
 */
export async function* readAhead<Item>(items: AsyncGenerator<Item, void>): AsyncGenerator<Item, void> {
  let next = items.next();
  try {
    for (let item = await next; !item.done; item = await next) {
      next = items.next();
      next.catch(() => {});
      yield item.value;
    }
  } finally {
    // It is not waited for: an item that is being fetched may take long.
    items.return().catch(() => {});
  }
}
