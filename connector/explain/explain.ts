import { isDeepStrictEqual } from 'node:util';
import type { UnifiedSchemas } from '../../contracts/unified.ts';
import type { MappingContext } from '../models/model.ts';
import type { Database } from '../store/schema.ts';
import { type Derived, follow, isDerived } from './derived.ts';
import { type ItemValue, modelOf, type Origin, type RecordReference, valuesOf } from './items.ts';
import { type Lineage, traceParts, traceRows } from './lineage.ts';
import { isContainer } from './noted.ts';
import { pathOf, pointerOf, valueAt } from './places.ts';
import type { KnownRecord, Records } from './records.ts';
import { isListed, rulesOf, wordOf } from './rules.ts';
import { isEmpty, whyEmpty } from './why-empty.ts';

type ExplainedValue = UnifiedSchemas['ExplainedValue'];
type GemPlace = UnifiedSchemas['GemPlace'];

/** What is explained, and with what. */
export interface Explaining {
  database: Database;
  records: Records;
  context: MappingContext;
  /** The row of the item, and the record that it was made of. */
  origin: RecordReference;
  main: RecordReference;
  item: object;
  /** The item's own columns as they are stored. */
  row: object;
}

/** Of what each value of an item was made, with the rules in words. */
export async function explainValues(
  explaining: Explaining,
): Promise<Pick<UnifiedSchemas['Explanation'], 'values' | 'rules' | 'records'>> {
  const { database, records, context, origin, main, item } = explaining;
  const values = valuesOf(origin.model, item, context.integrationId);
  const derived = new Map<string, Derived>();
  for (const one of values.flatMap(({ origins }) => origins).filter(isDerived)) {
    derived.set(nameOf(one), await follow(database, one, context.integrationId));
  }
  const behind = (one: Origin): Origin[] => derived.get(nameOf(one))?.origins ?? [one];
  await records.load(values.flatMap(({ origins }) => origins.flatMap(behind).map(({ record }) => record)));
  const explained = values.map((value) => {
    const through = value.origins.flatMap((one) => derived.get(nameOf(one)) ?? []);
    return explainValue(explaining, value, value.origins.flatMap(behind), through);
  });
  const named = values.flatMap(({ model, name }) => rulesOf(model, name));
  const others = new Set(
    values
      .flatMap(({ origins }) => origins.flatMap(behind))
      .flatMap(({ record }) => {
        const found = record.model === main.model && record.id === main.id ? undefined : records.get(record);
        return found ? [found] : [];
      }),
  );
  return {
    values: explained,
    rules: [...new Map(named.map((rule) => [nameOfRule(rule), rule])).values()],
    records: [...others].map((one) => ({
      route: one.route,
      remote_id: one.remoteId,
      model: wordOf(one.model),
      is_known: (one.stored ?? one.now) !== null,
    })),
  };
}

function nameOf({ model, id, column }: Origin): string {
  return `${model} ${id} ${column}`;
}

/** A rule of the catalogue by its name, words of the description by themselves. */
function nameOfRule({ name, statement }: UnifiedSchemas['RuleInWords']): string {
  return name ?? statement;
}

function explainValue(
  explaining: Explaining,
  itemValue: ItemValue,
  behind: readonly Origin[],
  through: readonly Derived[],
): ExplainedValue {
  const { records, context } = explaining;
  const { field, value, model, name, origins, isWithoutRecords } = itemValue;
  const traced = behind.flatMap((one) => {
    const record = records.get(one.record);
    const lineage = record && lineageOf(one, context, record.stored ?? record.now);
    return record && lineage ? [{ one, record, lineage }] : [];
  });
  const now = nowOf(explaining, itemValue, through[0]);
  const hasNow = now !== undefined;
  return {
    field,
    value,
    is_listed:
      isWithoutRecords === true ||
      [{ model, column: name }, ...origins].some((one) => isListed(one.model, one.column)),
    is_changed: hasNow,
    now: now?.value ?? null,
    from: inOrder(traced.flatMap(placesOf)),
    rules: rulesOf(model, name).map(nameOfRule),
    empty: isEmpty(value) ? emptyOf() : null,
    note: noteOf(),
  };

  function emptyOf(): string {
    const [first] = traced;
    if (context.off?.has(`${model}.${name}`)) return 'The field is switched off for this integration.';
    if (through[0] && through[0].empty !== '') return through[0].empty;
    if (isWithoutRecords) {
      if (origins.length === 0) return 'No record of Gem that is there names this one.';
      if (first && !isEmpty(first.lineage.value)) return 'The record that Gem names is not stored.';
    }
    if (name === 'remote_deleted_at') return 'Gem still has the record.';
    if (origins.length === 0) return 'It is not covered for Gem.';
    if (!first) return 'The record of Gem is not known.';
    return whyEmpty(first.lineage, first.record.stored ?? first.record.now, context);
  }

  function noteOf(): string | null {
    if (name === 'changed_at') return 'The connector notes when a sync changed a value of the row.';
    if (through[0]) return through[0].note;
    if (name === 'id') return 'It is made of the id of the integration and the id at Gem.';
    const settings = new Set(traced.flatMap(({ lineage }) => lineage.settings));
    if (settings.has('jobBoardVanity')) return 'The word of the job board is a setting of the integration.';
    if (settings.has('isRemoteDataEnabled'))
      return 'Whether raw records are kept is a setting of the integration.';
    if (name === 'custom_fields' && traced[0] && !isSame(traced[0].lineage.value, value))
      return 'A field that is mapped otherwise shows the raw field that it is mapped to.';
    const isUnknown = behind.some(({ record }) => !traced.some(({ one }) => one.record.id === record.id));
    return isUnknown ? 'Not every record that it comes from could be looked at.' : null;
  }
}

/** How a column of a row is made of a record; undefined when that has no such row. */
function lineageOf(origin: Origin, context: MappingContext, raw: object | null): Lineage | undefined {
  if (raw === null || origin.column === 'changed_at') return undefined;
  const model = modelOf(origin.model);
  if (origin.column === '') return traceParts(model, raw);
  return traceRows(model, raw, context)
    .find(({ id }) => id === origin.id)
    ?.lineageOf(origin.column);
}

/** What a sync would make of a value now, where that is another one. Only what Gem has told is looked at. */
function nowOf(
  { records, context, row, origin }: Explaining,
  { value, name, origins }: ItemValue,
  through: Derived | undefined,
): { value: unknown } | undefined {
  const atGem = (one: Origin): Lineage | undefined => {
    const now = records.get(one.record)?.now;
    return now ? lineageOf(one, context, now) : undefined;
  };
  const [own, ...links] = origins;
  if (!own) return undefined;
  if (through) {
    const found = through.again((one) => atGem(one)?.value);
    return found === undefined || isSame(found, value) ? undefined : { value: found };
  }
  const before = (one: Origin): unknown => {
    const stored = records.get(one.record)?.stored;
    if (stored) return lineageOf(one, context, stored)?.value;
    // What stands in the item may be mapped otherwise than the column.
    if (one.id === origin.id && one.model === origin.model) return valueAt(row, [one.column]);
    return one === own && name !== 'custom_fields' ? value : undefined;
  };
  // What stands where it stands because another record names it changes with that name, too.
  const naming = name === 'id' ? links.filter((link) => isSame(before(link), value)) : [];
  for (const one of [own, ...naming]) {
    const [found, old] = [atGem(one), before(one)];
    if (found && old !== undefined && !isSame(found.value, old)) return { value: found.value };
  }
  return undefined;
}

/** Whether two values are the same JSON; what is not there is null. */
function isSame(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(plain(one), plain(other));
}

function plain(value: unknown): unknown {
  return value === undefined ? null : (JSON.parse(JSON.stringify(value)) as unknown);
}

/** Each place once; what was taken over comes before what was only looked at. */
function inOrder(places: readonly GemPlace[]): GemPlace[] {
  const once = new Map(
    places.map((place) => [`${place.route} ${place.remote_id} ${place.pointer} ${place.reads}`, place]),
  );
  const isTaken = ({ reads }: GemPlace) => reads === 'value' || reads === 'everything';
  return [...once.values()].toSorted((one, other) => Number(isTaken(other)) - Number(isTaken(one)));
}

function placesOf({ record, lineage }: { record: KnownRecord; lineage: Lineage }): GemPlace[] {
  return lineage.reads.map(({ place, reading, except }) => {
    const before = valueAt(record.stored ?? record.now, place);
    const now = record.stored && record.now ? valueAt(record.now, place) : before;
    const isChanged =
      reading === 'form' ? isContainer(before) !== isContainer(now) : !isDeepStrictEqual(before, now);
    return {
      route: record.route,
      remote_id: record.remoteId,
      path: pathOf(place),
      pointer: pointerOf(place),
      reads: reading,
      except: except.map(pathOf),
      value: isContainer(before) ? null : (before ?? null),
      now: isChanged && !isContainer(now) ? (now ?? null) : null,
      is_changed: isChanged,
    };
  });
}
