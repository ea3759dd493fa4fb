/** Whether this is a deep run, which takes all there is of everything; a push takes a few of each kind. */
export const isDeep = Boolean(process.env['DEEP']);

/** All items in a deep run; otherwise the first ones, which stand for the others of their kind. */
export function someOf<Item>(items: readonly Item[], few = 1): readonly Item[] {
  return isDeep ? items : items.slice(0, few);
}
