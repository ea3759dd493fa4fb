/** Whether this is a deep run, which takes all there is of everything; a push takes a few of each kind. */
export const isDeep = Boolean(process.env['DEEP']);

/** Whether all items of a kind are taken, as a deep run does in its short form too; `npm test` takes those that stand for the others. */
export const isBroad = isDeep || Boolean(process.env['BROAD']);

/** All items in a broad run; otherwise the first ones, which stand for the others of their kind. */
export function someOf<Item>(items: readonly Item[], few = 1): readonly Item[] {
  return isBroad ? items : items.slice(0, few);
}
