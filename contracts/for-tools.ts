// A description as tools want it that make clients, mocks and validators of it.

/**
 * Describes a parsed OpenAPI document anew, so that what tools make of it is right:
 *
 * - Every path that ends in a slash is described once more without it, as clients use both forms (gem-ats-api §1.3) and tools
 *   take only what they find. `x-same-as` names the operation that such a one is.
 * - A word that may be null is a word or null: not all tools see a null among words.
 * - Left out is what only our own types are made of, `x-typescript`.
 */
export function forTools(document: object): object {
  const { paths, ...rest } = wordsOrNull(document) as { paths: Record<string, Item> };
  const both = Object.entries(paths).flatMap(([path, item]): [string, Item][] =>
    path.endsWith('/')
      ? [
          [path, item],
          [path.slice(0, -1), withoutSlash(item)],
        ]
      : [[path, item]],
  );
  return { ...rest, paths: Object.fromEntries(both) };
}

interface Item {
  [key: string]: { operationId?: string };
}

function withoutSlash(item: Item): Item {
  const twins = Object.entries(item).map(([key, node]): [string, Item[string]] => {
    const { operationId } = node;
    // What stands beside the operations, such as parameters, holds for both.
    if (operationId === undefined) return [key, node];
    const twin = { ...node, operationId: `${operationId}WithoutSlash`, 'x-same-as': operationId };
    return [key, twin];
  });
  return Object.fromEntries(twins);
}

function wordsOrNull(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(wordsOrNull);
  if (typeof node !== 'object' || node === null) return node;
  const { type, enum: words, ...rest } = node as { type?: unknown; enum?: unknown };
  if (Array.isArray(words) && Array.isArray(type) && words.includes(null)) {
    const word = { type: type.find((one) => one !== 'null'), enum: words.filter((one) => one !== null) };
    return { ...rest, anyOf: [word, { type: 'null' }] };
  }
  const members = Object.entries(node).filter(([key]) => key !== 'x-typescript');
  return Object.fromEntries(members.map(([key, value]) => [key, wordsOrNull(value)]));
}
