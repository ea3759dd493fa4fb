// Places in a record: how they are written, and what stands there.
import { isContainer, type Place } from './noted.ts';

/** A place as a person writes it: `offices[0].location.name`; the empty text is the whole record. */
export function pathOf(place: Place): string {
  return place.reduce<string>((path, step) => {
    if (typeof step === 'number') return `${path}[${step}]`;
    if (!/^[A-Za-z_]\w*$/.test(step)) return `${path}[${JSON.stringify(step)}]`;
    return path === '' ? step : `${path}.${step}`;
  }, '');
}

/** A place as a JSON Pointer (RFC 6901). */
export function pointerOf(place: Place): string {
  return place.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** What stands in a place of a value; undefined when there is no such place. */
export function valueAt(value: unknown, place: Place): unknown {
  return place.reduce<unknown>(
    (inner, step) =>
      isContainer(inner) && Object.hasOwn(inner, step) ? Reflect.get(inner, step) : undefined,
    value,
  );
}

/** A copy of a value with another one in a place; undefined takes it away. */
export function withValue(value: unknown, [step, ...rest]: Place, put: unknown): unknown {
  if (step === undefined || !isContainer(value)) return put;
  const copy: object = Array.isArray(value) ? [...value] : { ...value };
  const inner = withValue(Reflect.get(value, step), rest, put);
  Object.defineProperty(copy, step, { value: inner, enumerable: true, writable: true, configurable: true });
  // What JSON cannot say is left out of an object; in a list it is null.
  if (inner === undefined && !Array.isArray(copy)) Reflect.deleteProperty(copy, step);
  return copy;
}

/** Whether a place is another one or in it. */
export function isIn(place: Place, outer: Place): boolean {
  return outer.every((step, index) => place[index] === step);
}

/** The places directly in a list or an object. */
export function placesIn(value: unknown, place: Place): Place[] {
  if (!isContainer(value)) return [];
  const steps: Iterable<string | number> = Array.isArray(value) ? value.keys() : Object.keys(value);
  return [...steps].map((step) => place.concat([step]));
}
