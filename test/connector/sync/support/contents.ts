import { models } from '../../../../connector/models/index.ts';
import type { Connected, StoredRow } from '../../../support/connected.ts';

/** All rows of all models, by model and Gem's id. */
export type Contents = ReadonlyMap<string, StoredRow>;

/** Everything that an integration has stored. */
export async function contentsOf({ rows }: Pick<Connected, 'rows'>): Promise<Contents> {
  const contents = new Map<string, StoredRow>();
  for (const { name } of models) {
    for (const row of await rows(name)) contents.set(`${name} ${row.remote_id}`, row);
  }
  return contents;
}

/** A row without what depends on when and in which order it came. */
export function substance(row: StoredRow): Record<string, unknown> {
  const { number: _number, reading: _reading, changed_at: _changedAt, ...rest } = row;
  return rest;
}

/**
 * What two stores of the same account are compared by. Rows that were marked deleted because they vanished are unknown
 * to a store that never saw them; copies in raw records may be older in the one than in the other.
 */
export function comparable(contents: Contents, other: Contents): Record<string, unknown> {
  const kept = [...contents].filter(([key, row]) => row['remote_deleted_at'] === null || other.has(key));
  return Object.fromEntries(
    kept.map(([key, row]) => {
      const { remote_data: _raw, ...rest } = substance(row);
      return [key, rest];
    }),
  );
}
