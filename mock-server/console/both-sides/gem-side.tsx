import type { Unified } from '../api/connector.ts';
import { isObject } from '../api/call.ts';

type Explanation = Unified['Explanation'];
type Value = Unified['ExplainedValue'];
type Place = Unified['GemPlace'];

interface GemSideOptions {
  explanation: Explanation;
  active: Value | undefined;
  onChoose: (field: string) => void;
  onPoint: (field: string | undefined) => void;
}

/** Gem's record, place by place, and beneath it those of other records that values come from. */
export function GemSide({ explanation, active, onChoose, onPoint }: GemSideOptions) {
  const { gem, values } = explanation;
  const rows = rowsOf(gem.stored ?? gem.now ?? {}, gem.now);
  const own = { route: gem.route, remote_id: gem.remote_id };
  const lit = new Set(active?.from.map(placeName));
  const users = usersOf(values);
  const others = Map.groupBy(
    [
      ...new Map(values.flatMap(({ from }) => from).map((place) => [placeName(place), place])).values(),
    ].filter((place) => place.route !== gem.route || place.remote_id !== gem.remote_id),
    ({ route, remote_id: remoteId }) => `${route} ${remoteId}`,
  );
  const show = (row: Row, place: Pick<Place, 'route' | 'remote_id'>) => {
    const name = placeName({ ...place, pointer: row.pointer });
    const isLit =
      lit.has(name) || (active?.from.some((one) => covers(one, { ...place, pointer: row.pointer })) ?? false);
    const made = users.get(name) ?? [];
    return <PlaceRow key={name} {...{ name, row, isLit, made, onChoose, onPoint }} />;
  };
  return (
    <section class="side gem" aria-labelledby="gem-side">
      <h3 id="gem-side">
        Gem <span class="mono soft">{`${gem.route} ${gem.remote_id}`}</span>
      </h3>
      <p class="soft">
        {gem.stored ? 'As the last sync stored it' : 'As it is now: raw records are not kept'}
      </p>
      <ul class="places">{rows.map((row) => show(row, own))}</ul>
      {[...others].map(([title, places]) => (
        <section key={title} aria-label={title}>
          <h4 class="mono">{title}</h4>
          <ul class="places">
            {places.map((place) =>
              show(
                {
                  pointer: place.pointer,
                  path: place.path || 'everything',
                  depth: 0,
                  value: place.value,
                  now: undefined,
                  isHolder: place.reads !== 'value',
                },
                place,
              ),
            )}
          </ul>
        </section>
      ))}
    </section>
  );
}

/** A place of a record that has a name of its own among all records. */
export function placeName({
  route,
  remote_id: remoteId,
  pointer,
}: Pick<Place, 'route' | 'remote_id' | 'pointer'>): string {
  return `${route} ${remoteId}#${pointer}`;
}

/** Whether everything in a place was taken, and this is in it. */
function covers(
  one: Place,
  { route, remote_id: remoteId, pointer }: Pick<Place, 'route' | 'remote_id' | 'pointer'>,
): boolean {
  const isOfRecord = one.route === route && one.remote_id === remoteId;
  return isOfRecord && one.reads === 'everything' && `${pointer}/`.startsWith(`${one.pointer}/`);
}

/** Which values are made of each place. */
function usersOf(values: readonly Value[]): Map<string, string[]> {
  const users = new Map<string, string[]>();
  for (const { field, from } of values) {
    for (const place of from) {
      const name = placeName(place);
      users.set(name, [...(users.get(name) ?? []), field]);
    }
  }
  return users;
}

interface Row {
  pointer: string;
  path: string;
  depth: number;
  value: unknown;
  /** What stands there now, where that is something else. */
  now: unknown;
  /** A list or an object. */
  isHolder: boolean;
}

/** Every place of a record in its order. */
function rowsOf(value: unknown, now: unknown, pointer = '', depth = 0): Row[] {
  const entries: [string, unknown][] = Array.isArray(value)
    ? value.map((one, at): [string, unknown] => [String(at), one])
    : isObject(value)
      ? Object.entries(value)
      : [];
  return entries.flatMap(([key, inner]) => {
    const here = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const isHolder = Array.isArray(inner) || isObject(inner);
    const then: unknown = typeof now === 'object' && now !== null ? Reflect.get(now, key) : undefined;
    const isSame =
      now === null || now === undefined || isHolder || JSON.stringify(then) === JSON.stringify(inner);
    const row = {
      pointer: here,
      path: Array.isArray(value) ? `[${key}]` : key,
      depth,
      value: inner,
      now: isSame ? undefined : then,
      isHolder,
    };
    return [row].concat(rowsOf(inner, then, here, depth + 1));
  });
}

interface PlaceRowOptions {
  name: string;
  row: Row;
  isLit: boolean;
  made: readonly string[];
  onChoose: (field: string) => void;
  onPoint: (field: string | undefined) => void;
}

function PlaceRow({ name, row, isLit, made, onChoose, onPoint }: PlaceRowOptions) {
  const [first] = made;
  const text = (
    <>
      <span class="path">{row.path}</span>
      <span class="what mono">{row.isHolder ? holds(row.value) : JSON.stringify(row.value ?? null)}</span>
      {row.now !== undefined && <span class="now mono">now {JSON.stringify(row.now)}</span>}
    </>
  );
  const depth = `depth-${Math.min(row.depth, 5)}`;
  return (
    <li data-place={name} class={`${depth}${isLit ? ' lit' : ''}${first === undefined ? ' unread' : ''}`}>
      {first === undefined ? (
        <div class="place">{text}</div>
      ) : (
        <button
          type="button"
          class="place"
          title={`Made into ${made.join(', ')}`}
          onClick={() => onChoose(first)}
          onMouseEnter={() => onPoint(first)}
          onMouseLeave={() => onPoint(undefined)}
          onFocus={() => onPoint(first)}
          onBlur={() => onPoint(undefined)}
        >
          {text}
        </button>
      )}
    </li>
  );
}

function holds(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[${value.length}]`;
  return isObject(value) && Object.keys(value).length === 0 ? '{}' : '';
}
