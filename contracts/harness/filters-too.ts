import type { ItemOf, ListName } from './adapter.ts';
import { wrapping } from './mutants.ts';
import type { Mutant } from './rule.ts';

/**
 * A connector that shows wrong values, and filters by them as well: one that keeps them wrongly does both.
 *
 * @param filter the parameter of the list that looks at the value
 */
export function filtersToo(
  mutant: Mutant,
  filter: string,
  valueOf: (item: ItemOf[ListName]) => string | null | undefined,
): Mutant {
  return {
    ...mutant,
    break(connector, readGem) {
      const wrong = mutant.break(connector, readGem);
      return wrapping(wrong, {
        async list(account, list, { [filter]: asked, ...query }) {
          const items = await wrong.list(account, list, query);
          const values = asked?.toLowerCase().split(',');
          return values ? items.filter((item) => values.includes(valueOf(item)?.toLowerCase() ?? '')) : items;
        },
      });
    },
  };
}
