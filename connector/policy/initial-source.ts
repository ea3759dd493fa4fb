/** What has to be known of an application to find the initial one. */
interface Application {
  id?: string | undefined;
  applied_at?: string | undefined;
  source?: { public_name?: string | undefined } | null | undefined;
}

/**
 * A candidate's source: that of the initial application, the one applied first; ties go to the smaller id. It is null
 * when that application has none or when Gem left the applications out (rule initial-source, kombo-unified-api §8
 * #14). An application of which it is not known when it came counts as a late one.
 */
export function initialSource(applications: readonly Application[]): string | null {
  const initial = applications.reduce<Application | undefined>(
    (first, next) => (first && !isBefore(next, first) ? first : next),
    undefined,
  );
  return initial?.source?.public_name ?? null;
}

function isBefore(one: Application, other: Application): boolean {
  const apart = timeOf(one) - timeOf(other);
  return apart < 0 || (apart === 0 && (one.id ?? '') < (other.id ?? ''));
}

function timeOf({ applied_at: at }: Application): number {
  return at === undefined ? Number.MAX_VALUE : Date.parse(at);
}
