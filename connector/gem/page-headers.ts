// What the headers of an answer say about a list and about the time.
import { parseHttpDate } from './retry.ts';

/** When an answer was given, by the server's clock; null when it does not say so. */
export function answeredAt(headers: Headers): string | null {
  const time = parseHttpDate(headers.get('date') ?? '');
  return time === undefined ? null : new Date(time).toISOString();
}

/**
 * How many records a list has, by its `X-Pagination` (gem-ats-api §1.5, assumed); null when it does not say so, or says
 * what cannot be.
 */
export function totalOf(headers: Headers): number | null {
  try {
    const pagination: unknown = JSON.parse(headers.get('x-pagination') ?? 'null');
    const said: unknown =
      typeof pagination === 'object' && pagination !== null ? Reflect.get(pagination, 'total') : null;
    const total = typeof said === 'string' && /^\d+$/.test(said) ? Number(said) : said;
    return typeof total === 'number' && Number.isInteger(total) && total >= 0 && total <= maxRecords
      ? total
      : null;
  } catch {
    return null;
  }
}

/** More than any account can have. */
const maxRecords = 100_000_000;
