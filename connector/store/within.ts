import { sql, type RawBuilder } from 'kysely';
import { toJson } from './json.ts';

/**
 * A condition: the column has one of these values, however many they are.
 *
 * @param values undefined for no condition
 */
export function within(column: string, values: readonly string[] | undefined): RawBuilder<boolean> {
  if (values === undefined) return sql`true`;
  return sql`${sql.ref(column)} in (select json_array_elements_text(${toJson(values)}::json))`;
}
