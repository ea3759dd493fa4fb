// What a connector can say that it covers.
import { unifiedDescription } from '../unified.ts';
import type { Adapter } from './adapter.ts';
import { listNames, unifiedLists, type ListName } from './lists.ts';

/** The words that stand for what concerns all lists. */
const words = ['filters', 'include_deleted', 'deletions in delta syncs', 'changed_at', 'whole items'];

/** Every name that `covers` may have: fields of lists, actions, and what concerns all lists. */
function knownNeeds(): string[] {
  return [...listNames.flatMap(fieldsOf), ...actionNames(), ...words];
}

/** The `operationId` of every action. */
export function actionNames(): string[] {
  return [...unifiedDescription.operations.values()]
    .filter(({ method, path }) => method !== 'get' && path.startsWith('/ats/'))
    .map(({ id }) => id);
}

/**
 * Refuses an unknown word in `covers`: a rule would silently be left out.
 *
 * @param nearest finds the word that was meant, if any comes close
 * @throws Error in one line
 */
export function refuseUnknownCover(
  { covers = [] }: Pick<Adapter, 'covers'>,
  nearest: (word: string, known: readonly string[]) => string | undefined = () => undefined,
): void {
  const known = knownNeeds();
  const word = covers.find((one) => !known.includes(one));
  if (word === undefined) return;
  const meant = nearest(word, known);
  const [list = ''] = word.split('.');
  const alike = known.filter((one) => one.startsWith(`${list}.`));
  const there = alike.length > 0 ? alike : known.filter((one) => !one.includes('.'));
  const advice = meant === undefined ? `there are: ${there.join(', ')}` : `did you mean "${meant}"?`;
  throw new Error(`"covers" of the connector has "${word}", which is nothing; ${advice}`);
}

function fieldsOf(list: ListName): string[] {
  const { properties = {} } = schemas[unifiedLists[list].schema] ?? {};
  return Object.keys(properties).map((field) => `${list}.${field}`);
}

// A description's document is any JSON; that its schemas are schemas was checked when it was generated.
const { schemas } = (
  unifiedDescription.document as {
    components: { schemas: Record<string, { properties?: Record<string, unknown> }> };
  }
).components;
