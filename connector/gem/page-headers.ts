// What the headers of an answer tell of a list and of the time.

/** When an answer was given by the clock of whoever gave it; null when it does not say so. */
export function answeredAt(headers: Headers): string | null {
  const time = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

/** How many records a list has, by its `X-Pagination` (gem-ats-api §1.5, assumed); null when it does not say so. */
export function totalOf(headers: Headers): number | null {
  try {
    const pagination: unknown = JSON.parse(headers.get('x-pagination') ?? 'null');
    const isCounted = typeof pagination === 'object' && pagination !== null && 'total' in pagination;
    return isCounted && Number.isInteger(pagination.total) ? Number(pagination.total) : null;
  } catch {
    return null;
  }
}
