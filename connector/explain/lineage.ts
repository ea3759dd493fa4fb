import { identifier } from '../models/forms.ts';
import { listingOf, type ReadRecord } from '../models/listings.ts';
import type { MappingContext, Model, Part } from '../models/model.ts';
import { isContainer, type Note, noted, type Place, unwatched, type Reading, readLazily } from './noted.ts';
import { pointerOf, valueAt, withValue, isIn, placesIn } from './places.ts';

/** A value with all that was read while it was made: whatever is changed elsewhere in the record, it stays what it is. */
export interface Lineage {
  value: unknown;
  reads: Read[];
  /** What was asked of the integration's settings. */
  settings: Setting[];
}

/** A setting of the integration that a value may depend on. */
export type Setting = 'jobBoardVanity' | 'isRemoteDataEnabled';

/** One row of a model, whose values are made when they are asked for. */
export interface TracedRow {
  id: string;
  remoteId: string;
  /** @param column one of the row's, `id`, `remote_id` and `remote_deleted_at` included */
  lineageOf(column: string): Lineage;
}

/**
 * Makes the rows of a record as a sync does, one value at a time, and tells what is read meanwhile. There is no second table
 * of what comes from where that could go stale.
 *
 * @param record as Gem sent it
 * @returns no rows when the record is of no use
 */
export function traceRows(model: Model, record: unknown, context: MappingContext): TracedRow[] {
  return partsOf(model, record, ignore).map((part, index) => {
    const remoteId = String(part.make('remote_id', context));
    return {
      id: String(part.make('id', context)),
      remoteId,
      lineageOf: (column) => trace({ model, record, context, index, remoteId, column }),
    };
  });
}

/** What is read to find the parts of a record, whether there are any or not. */
export function traceParts(model: Model, record: unknown): Lineage {
  const reads: Omit<Read, 'except'>[] = [];
  const parts = partsOf(model, record, (place, reading) => reads.push({ place, reading }));
  return {
    value: parts.length === 0 ? null : parts.length,
    reads: shorten(record, reads.filter(isNoId)),
    settings: [],
  };
}

/** Another id is another record. */
function isNoId({ place }: Omit<Read, 'except'>): boolean {
  return pointerOf(place) !== '/id';
}

/** A value of a row that is to be made. */
interface Wanted {
  model: Model;
  record: unknown;
  context: MappingContext;
  index: number;
  remoteId: string;
  column: string;
}

function trace(wanted: Wanted): Lineage {
  const { model, record, context, index, column } = wanted;
  const ofPart: Omit<Read, 'except'>[] = [];
  const ofValue: Omit<Read, 'except'>[] = [];
  const settings = new Set<Setting>();
  let reads = ofPart;
  const note: Note = (place, reading) => reads.push({ place, reading });
  const part = partsOf(model, record, note)[index];
  reads = ofValue;
  const value = unwatched(part?.make(column, askedOf(context, settings))) ?? null;
  return {
    value,
    reads: shorten(record, [...decisive(wanted, ofPart), ...ofValue]),
    settings: [...settings],
  };
}

function partsOf(model: Model, record: unknown, note: Note): Part[] {
  const read = readLazily(listingOf(model.listing).read, noted(record, [], note));
  return isReadRecord(read) ? model.parts(read) : [];
}

function isReadRecord(read: unknown): read is ReadRecord {
  return isContainer(read);
}

const ignore: Note = () => undefined;

/** The same context for a mapping, noting which settings it asks for. */
function askedOf(context: MappingContext, settings: Set<Setting>): MappingContext {
  const { jobBoardVanity, isRemoteDataEnabled } = context;
  return {
    integrationId: context.integrationId,
    get jobBoardVanity() {
      settings.add('jobBoardVanity');
      return jobBoardVanity;
    },
    get isRemoteDataEnabled() {
      settings.add('isRemoteDataEnabled');
      return isRemoteDataEnabled;
    },
  };
}

/**
 * Of what was read to find the parts of a record, what one part's value depends on: other members of a hiring team say nothing
 * of this one. A change is made in each place, and shows whether it matters.
 */
function decisive(wanted: Wanted, reads: readonly Omit<Read, 'except'>[]): Omit<Read, 'except'>[] {
  const ofParts = reads.filter(isNoId);
  if (ofParts.length === 0) return [];
  const { record, remoteId } = wanted;
  const idAt = (place: Place) => identifier(valueAt(record, place));
  // Behind the id of its record, a part's own id is that of what it names.
  const named = remoteId.slice((idAt(['id']) ?? '').length + 1);
  const before = JSON.stringify(valueOf(wanted, record));
  const matters = (changed: unknown) => JSON.stringify(valueOf(wanted, changed)) !== before;
  return ofParts.filter((read) => {
    // Who is named twice stays, whichever of the two is changed: both count.
    if (idAt(read.place) === named) return true;
    const here = valueAt(record, read.place);
    if (read.reading !== 'entries')
      return changesTo(named).some((put) => matters(withValue(record, read.place, put)));
    return Array.isArray(here) && matters(withValue(record, read.place, [...here, { id: named }]));
  });
}

/** What could stand in a place, as far as it makes a difference to what is named so. */
function changesTo(named: unknown): unknown[] {
  return [undefined, named, { id: named }, [{ id: named }]];
}

/** The value of the same row, made of another record; undefined when that has no such row. */
function valueOf({ model, context, remoteId, column }: Wanted, record: unknown): unknown {
  const part = partsOf(model, record, ignore).find((one) => one.make('remote_id', context) === remoteId);
  return part && unwatched(part.make(column, context));
}

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
