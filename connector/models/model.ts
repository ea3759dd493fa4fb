import type { ModelName } from '../../contracts/coverage.ts';
import { komboId } from '../identifiers.ts';
import { type ListingName, type ReadRecord, type ReadRecords, routeOf } from './listings.ts';
import type { ColumnType, ValueOf } from './forms.ts';

export type { ModelName };

/** A model's columns with their types. */
export type Columns = Readonly<Record<string, ColumnType>>;

/** What a mapping needs to know beside the record. */
export interface MappingContext {
  integrationId: string;
  /** The job board's word in `jobs.gem.com/{vanity}`, if it is known. */
  jobBoardVanity: string | null;
  isRemoteDataEnabled: boolean;
  /** Models and fields that are off, as in `ats_jobs` and `ats_jobs.name`; none when left out. */
  off?: ReadonlySet<string>;
}

/** One row of a model, ready to be stored. */
export interface Row {
  id: string;
  remote_id: string;
  remote_deleted_at: string | null;
  [column: string]: unknown;
}

/** How Gem's records become the rows of one unified model. It does no input or output. */
export interface Model {
  name: ModelName;
  /** The model's name for people. */
  label: string;
  /** The list that its records come from. */
  listing: ListingName;
  /** The columns that a row fills. */
  columns: Columns;
  /** Columns that a derivation fills from other rows; the mapping neither writes nor compares them. */
  derivedColumns: Columns;
  /** Columns that only derivations need; the API does not cover them. */
  internalColumns: readonly string[];
  /** The column that names the record a row was part of. Rows that the record no longer has are gone. */
  owner: string | undefined;
  /**
   * Maps one record as it was read, which must be of the model's listing. Whatever the record lacks, there are rows: only
   * parts that do not name what they join have none.
   */
  rows(record: ReadRecord, context: MappingContext): Row[];
  /** The same rows, each of which makes one value at a time: what is read meanwhile is what that value is made of. */
  parts(record: ReadRecord): Part[];
}

/** What becomes a row, before it is one. */
export interface Part {
  /** @param column one of the row's, `id`, `remote_id` and `remote_deleted_at` included */
  make(column: string, context: MappingContext): unknown;
}

/** Where a column's value comes from: a field of the item that holds such values, or a rule. What is not known is null. */
export type Source<Item, Value> =
  | FieldOf<Item, Value>
  | ((item: Item, context: MappingContext) => Value | null | undefined);

type FieldOf<Item, Value> = {
  [Field in keyof Item & string]: Item[Field] extends Value | null | undefined ? Field : never;
}[keyof Item & string];

/** The things that become rows: a list's records, or parts of them. */
export interface Items<Listing extends ListingName, Item> {
  listing: Listing;
  of(record: ReadRecords[Listing]): readonly Item[];
}

/** Each record of a list becomes one row. */
export function recordsOf<Listing extends ListingName>(
  listing: Listing,
): Items<Listing, ReadRecords[Listing]> {
  return { listing, of: (record) => [record] };
}

/** Each record of a list becomes as many rows as it has parts. */
export function partsOf<Listing extends ListingName, Item>(
  listing: Listing,
  of: (record: ReadRecords[Listing]) => readonly Item[],
): Items<Listing, Item> {
  return { listing, of };
}

/** A model as its file writes it down: a table of columns, and where each one comes from. */
export interface Definition<Name, Listing extends ListingName, Item, Names extends Columns, Derived> {
  name: Name;
  label: string;
  /** What the rows are made of. */
  from: Items<Listing, Item>;
  remoteId(item: Item): string;
  remoteDeletedAt(item: Item): string | null | undefined;
  columns: Names;
  derivedColumns: Derived;
  internalColumns?: readonly (keyof NoInfer<Names> & string)[];
  owner?: keyof NoInfer<Names> & string;
  fields: {
    readonly [Column in keyof NoInfer<Names>]: Source<NoInfer<Item>, ValueOf<NoInfer<Names>[Column]>>;
  };
}

/** Makes a model of its definition; the types keep its name and its columns. */
export function defineModel<
  Name extends ModelName,
  Listing extends ListingName,
  Item,
  const Names extends Columns,
  const Derived extends Columns,
>(
  definition: Definition<Name, Listing, Item, Names, Derived>,
): Model & { name: Name; columns: Names; derivedColumns: Derived } {
  const { name, label, from, columns, derivedColumns, internalColumns = [], owner } = definition;
  const sources = Object.entries<Source<Item, unknown>>(definition.fields);
  return {
    name,
    label,
    listing: from.listing,
    columns,
    derivedColumns,
    internalColumns,
    owner,
    rows: (record: ReadRecords[Listing], context: MappingContext) =>
      from.of(record).map((item) => toRow(item, context)),
    parts: (record: ReadRecords[Listing]) =>
      from.of(record).map((item) => ({ make: (column, context) => make(item, column, context) })),
  };

  function make(item: Item, column: string, context: MappingContext): unknown {
    if (column === 'id') return komboId(context.integrationId, definition.remoteId(item));
    if (column === 'remote_id') return definition.remoteId(item);
    if (column === 'remote_deleted_at') return definition.remoteDeletedAt(item) ?? null;
    const source = sources.find(([name]) => name === column)?.[1];
    if (source === undefined) throw new Error(`${name} has no column ${column}`);
    return context.off?.has(`${name}.${column}`) ? null : valueOf(item, source, context);
  }

  function toRow(item: Item, context: MappingContext): Row {
    const remoteId = definition.remoteId(item);
    const row: Row = {
      id: komboId(context.integrationId, remoteId),
      remote_id: remoteId,
      remote_deleted_at: definition.remoteDeletedAt(item) ?? null,
    };
    for (const [column, source] of sources) {
      row[column] = valueOf(item, source, context);
    }
    if (!context.off?.size) return row;
    for (const [column] of sources) if (context.off.has(`${name}.${column}`)) row[column] = null;
    return row;
  }

  function valueOf(item: Item, source: Source<Item, unknown>, context: MappingContext): unknown {
    return (typeof source === 'function' ? source(item, context) : item[source]) ?? null;
  }
}

/** Makes the rule that fills `remote_data`: Gem's record under its route, if that is switched on (kombo-unified-api §5.5). */
export function remoteData(
  listing: ListingName,
): (record: { raw: object }, context: MappingContext) => Record<string, object> | null {
  const route = routeOf(listing);
  return ({ raw }, { isRemoteDataEnabled }) => (isRemoteDataEnabled ? { [route]: raw } : null);
}
