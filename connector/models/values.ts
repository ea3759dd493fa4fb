// How a value of Gem becomes the value of a column, by the column's type.

/** PostgreSQL types that a column may have. */
export type ColumnType = 'text' | 'boolean' | 'integer' | 'jsonb' | 'timestamptz';

/**
 * Brings a value into the form of its column. What is not set becomes null.
 *
 * @throws RangeError when the column cannot hold the value
 */
export function toColumn(type: ColumnType, value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (type === 'timestamptz') return toInstant(String(value));
  if (type === 'integer') return toInteger(Number(value));
  return value;
}

/**
 * Writes a moment in UTC with milliseconds and `Z`. A bare date means midnight UTC, a time without a zone is UTC
 * (kombo-unified-api §1.6).
 *
 * @throws RangeError when there is no such moment between the years 1 and 9999
 */
export function toInstant(text: string | null | undefined): string | null {
  if (text === null || text === undefined) return null;
  const isZoneless = /T[\d:.]+$/i.test(text);
  const instant = new Date(isZoneless ? `${text}Z` : text);
  const year = instant.getUTCFullYear();
  if (!(year >= 1 && year <= 9999)) throw new RangeError('a moment is not one');
  return instant.toISOString();
}

const largestInteger = 2 ** 31 - 1;

function toInteger(value: number): number {
  if (Number.isInteger(value) && Math.abs(value) <= largestInteger) return value;
  throw new RangeError('a whole number is none, or too large');
}
