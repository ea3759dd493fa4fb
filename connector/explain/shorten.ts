import { isContainer, type Place, type Reading } from './noted.ts';
import { isIn, placesIn, pointerOf, valueAt } from './places.ts';

/** One place of a record that a value was made of. */
export interface Read {
  place: Place;
  reading: Reading;
  /** Of everything: the places in it that were left alone. */
  except: Place[];
}

/**
 * Says in few words what was read of a record. Each place is named once; what holds places that were read was looked at, too,
 * and is not named for that; a list or an object of which all was read is one place.
 */
export function shorten(record: unknown, reads: readonly Omit<Read, 'except'>[]): Read[] {
  const read = new Map<string, Set<Reading>>();
  for (const { place, reading } of reads) {
    const pointer = pointerOf(place);
    read.set(pointer, (read.get(pointer) ?? new Set()).add(reading));
  }
  const readingsOf = (place: Place) => read.get(pointerOf(place)) ?? new Set<Reading>();
  const isRead = (place: Place): boolean => {
    if (readingsOf(place).has('everything')) return true;
    const value = valueAt(record, place);
    if (!isContainer(value)) return readingsOf(place).has('value');
    const inner = placesIn(value, place);
    return inner.length > 0 && readingsOf(place).has('entries') && inner.every(isRead);
  };
  const leftAlone = (place: Place): Place[] => {
    if (isRead(place)) return [];
    const value = valueAt(record, place);
    const isTouched = reads.some((one) => isIn(one.place, place));
    return isContainer(value) && isTouched ? placesIn(value, place).flatMap(leftAlone) : [place];
  };
  // Nothing but the record as it came has all its entries.
  if (readingsOf([]).has('entries')) return [{ place: [], reading: 'everything', except: leftAlone([]) }];
  const named = new Map<string, Read>();
  for (const { place, reading } of reads) {
    const whole = wholeOf(place, isRead);
    const found: Read = whole
      ? { place: whole, reading: isContainer(valueAt(record, whole)) ? 'everything' : 'value', except: [] }
      : { place, reading, except: [] };
    const isHolder = reading === 'form' && !whole && reads.some((one) => goesOn(one, place));
    if (!isHolder) named.set(`${found.reading} ${pointerOf(found.place)}`, found);
  }
  return [...named.values()];
}

/** The largest list or object around a place of which everything was read. */
function wholeOf(place: Place, isRead: (place: Place) => boolean): Place | undefined {
  const around = place.map((_, index) => place.slice(0, index + 1));
  return around.find(isRead);
}

/** Whether a place was looked at further than that there is a list or an object. */
function goesOn(read: Pick<Read, 'place' | 'reading'>, place: Place): boolean {
  return isIn(read.place, place) && (read.reading !== 'form' || read.place.length > place.length);
}
