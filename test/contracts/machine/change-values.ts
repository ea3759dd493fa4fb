// Changes the values that stand at a path in many items, and copies only what it changes.
import { absent, type Place } from './steps.ts';

/** The values at a path, in the order of the items. */
export function valuesAt(items: readonly unknown[], path: readonly string[]): unknown[] {
  const [key, ...rest] = path;
  if (key === undefined) return [...items];
  const next = items.flatMap((item): unknown[] => {
    if (key === '[]') return Array.isArray(item) ? item : [];
    return isObject(item) && key in item ? [item[key]] : [];
  });
  return valuesAt(next, rest);
}

/** @param change gives the new value of each place; the same value where nothing changes */
export function changeAt(
  items: readonly unknown[],
  path: readonly string[],
  change: (place: Pick<Place, 'value' | 'all' | 'index'>) => unknown,
): readonly unknown[] {
  const all = valuesAt(items, path);
  let index = 0;
  const visit = (value: unknown, rest: readonly string[]): unknown => {
    const [key, ...more] = rest;
    if (key === undefined) {
      const made = change({ value, all, index });
      index += 1;
      if (made === value || JSON.stringify(made) === JSON.stringify(value)) return value;
      return made;
    }
    if (key === '[]')
      return Array.isArray(value)
        ? keepSame(
            value,
            value.map((one) => visit(one, more)),
          )
        : value;
    if (!isObject(value) || !(key in value)) return value;
    const made = visit(value[key], more);
    if (made === value[key]) return value;
    const { [key]: _old, ...others } = value;
    return made === absent ? others : { ...value, [key]: made };
  };
  return keepSame(
    items,
    items.map((item) => visit(item, path)),
  );
}

function keepSame(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  return after.every((one, index) => one === before[index]) ? before : after;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
