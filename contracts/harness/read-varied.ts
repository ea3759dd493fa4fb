import { gemDescription } from '../gem.ts';
import { createVary } from '../vary.ts';
import type { Account } from './adapter.ts';
import type { GemRecords } from './run.ts';
import { gemLists } from './lists.ts';
import type { EmulatedWorld } from './target.ts';
import type { NamedForms } from './smallest-variation.ts';

/**
 * Reads a varied world in the form that the rules are written for, without the values that the variation takes away. So a
 * rule demands the same as in other worlds, of everything that is still sent.
 *
 * @param readGem reads a world that does not vary
 */
export async function readVaried(
  world: EmulatedWorld,
  account: Account,
  variation: NamedForms,
  readGem: (account: Account) => Promise<GemRecords>,
): Promise<GemRecords> {
  const forms = new Map(Object.entries(variation));
  // Switches change the behaviour of the world, so they stay.
  const switches = Object.fromEntries(
    [...forms].filter(([guess]) => /^[a-z_]+$/.test(guess) && !everywhere.has(guess)),
  );
  await world.choose({ variation: switches });
  try {
    const sent = await readGem(account);
    const known = Object.entries(sent).map(([list, records]) => {
      const operation = operationOf(list);
      if (!operation) return [list, records] as const;
      if (forms.get(operation.id) === 'missing') return [list, []] as const;
      return [list, vary.known(operation, records, forms)] as const;
    });
    // Each list stands under its own name.
    return Object.fromEntries(known) as unknown as GemRecords;
  } finally {
    await world.choose({ variation });
  }
}

const everywhere: ReadonlySet<string> = new Set(['times', 'more_fields']);

const vary = createVary(gemDescription);

function operationOf(list: string) {
  const listing = Object.entries(gemLists).find(([name]) => name === list)?.[1];
  return listing && gemDescription.operations.get(listing.operation);
}
