import type { ActSeen } from './course.ts';
import type { Finding } from './rule.ts';

type Sent = Readonly<Record<string, unknown>>;

/**
 * Looks at what was sent to Gem, which may keep a thing as another type than it was sent as.
 *
 * @param name what such a thing is called; undefined for all others
 * @param expected the type that it is to be sent as, where one is said
 */
export function sentAs({ requests }: ActSeen, name: (sent: Sent) => unknown, expected: string): Finding[] {
  return requests
    .filter(({ method }) => method !== 'GET')
    .flatMap(({ body }) => objectsIn(body))
    .filter((sent) => name(sent) !== undefined && sent['type'] !== undefined && sent['type'] !== expected)
    .map((sent) => ({ what: `the type of ${String(name(sent))} as sent`, expected, got: sent['type'] }));
}

function objectsIn(value: unknown): Sent[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  return [{ ...value }, ...Object.values(value).flatMap(objectsIn)];
}
