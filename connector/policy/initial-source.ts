import type { GemSchemas } from '../../contracts/gem.ts';

/**
 * A candidate's source: that of the initial application, the one applied first; ties go to the smaller id. It is null
 * when that application has none or when Gem left the applications out (rule initial-source, kombo-unified-api §8
 * point 14).
 */
export function initialSource(applications: readonly GemSchemas['Application'][] | undefined): string | null {
  if (!Array.isArray(applications)) return null;
  const initial = applications.reduce<GemSchemas['Application'] | undefined>(
    (first, next) => (first && compare(first, next) <= 0 ? first : next),
    undefined,
  );
  return initial?.source?.public_name ?? null;
}

function compare(left: GemSchemas['Application'], right: GemSchemas['Application']): number {
  return Date.parse(left.applied_at) - Date.parse(right.applied_at) || (left.id < right.id ? -1 : 1);
}
