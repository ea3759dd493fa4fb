// Comparisons that many rules need.
import { isDeepStrictEqual } from 'node:util';
import type { UnifiedSchemas } from '../../unified.ts';
import { right, type Check, type Finding } from '../../harness/rule.ts';

/** Compares two values, which have to be the same. */
export function same(what: string, got: unknown, expected: unknown): Check[] {
  return check(isDeepStrictEqual(got, expected), { what, expected, got });
}

/** One comparison that is right or not; the finding tells what is wrong then. */
export function check(isRight: boolean, finding: Finding): Check[] {
  return [isRight ? right : finding];
}

/** A value has to be reachable both as a custom field and as an integration field. */
export function reachable(item: FieldsOfItem, key: string, expected: unknown): Check[] {
  const field = item.integration_fields.find(
    (candidate) => candidate.key === key && candidate.type === 'DEFAULT',
  );
  return [
    ...contains(`custom_fields.${key}`, item.custom_fields?.[key], expected),
    ...contains(`the integration field ${key}`, field?.value, expected),
  ];
}

/** A value has to have all that is expected; further fields are allowed. */
function contains(what: string, got: unknown, expected: unknown): Check[] {
  return check(includesAll(got, expected), { what, expected, got });
}

/** Null and missing are equal. A record may have further fields, but a list no further records. */
function includesAll(got: unknown, expected: unknown): boolean {
  if (expected === null || expected === undefined) return got === null || got === undefined;
  if (Array.isArray(expected)) {
    const isAsLong = Array.isArray(got) && got.length === expected.length;
    return isAsLong && expected.every((item, index) => includesAll(got[index], item));
  }
  if (typeof expected !== 'object') return got === expected;
  if (typeof got !== 'object' || got === null) return false;
  return Object.entries(expected).every(([key, value]) => includesAll(Reflect.get(got, key), value));
}

interface FieldsOfItem {
  custom_fields: UnifiedSchemas['CustomFields'];
  integration_fields: UnifiedSchemas['IntegrationFields'];
}

/** Two texts have to be the same; null may stand for a blank one. */
export function sameText(what: string, got: unknown, expected: string | null): Check[] {
  const isNothing = expected === null || expected.trim() === '';
  return isNothing && got === null ? [right] : same(what, got, expected);
}
