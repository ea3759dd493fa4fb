import { nearest } from '../../seeds/nearest.ts';
import { refusal, type Editing } from './editing.ts';

/**
 * The items of a list in another order.
 *
 * @param names what each item can be called
 * @param order items by name, or by their present positions from 0; what is left out follows in its present order
 * @throws EditProblem at what names no item, or one that was named before
 */
export function inOrder<Item>(
  editing: Editing,
  items: readonly Item[],
  names: readonly (readonly (string | undefined)[])[],
  order: readonly (string | number)[],
): Item[] {
  const places = new Set<number>();
  order.forEach((wanted, at) => {
    const place = placeOf(wanted, names, places);
    if (place === undefined) throw unknownItem(editing, wanted, names, at);
    places.add(place);
  });
  const rest = [...items.keys()].filter((place) => !places.has(place));
  return [...places, ...rest].flatMap((place) => items.slice(place, place + 1));
}

/** Of several items of one name the first is meant that was not named yet. */
function placeOf(
  wanted: string | number,
  names: readonly (readonly (string | undefined)[])[],
  taken: ReadonlySet<number>,
): number | undefined {
  const fits = (place: number) =>
    !taken.has(place) && (typeof wanted === 'number' ? place === wanted : names[place]?.includes(wanted));
  return [...names.keys()].find(fits);
}

function unknownItem(
  editing: Editing,
  wanted: string | number,
  names: readonly (readonly (string | undefined)[])[],
  at: number,
) {
  if (typeof wanted === 'number') {
    const message = `the list has no further item at position ${wanted}; its positions are 0 to ${names.length - 1}, each once`;
    return refusal(editing, ['order', at], message);
  }
  const known = names.flat().filter((name) => name !== undefined);
  const isTwice = known.includes(wanted);
  const meant = nearest(wanted, known);
  const advice = isTwice
    ? 'it was named before; name each item once'
    : meant === undefined
      ? `it has: ${names.map((own) => own.at(-1)).join(', ')}`
      : `did you mean "${meant}"?`;
  return refusal(
    editing,
    ['order', at],
    `the list has no ${isTwice ? 'further ' : ''}"${wanted}"; ${advice}`,
  );
}
