// Comparisons that many rules need.
import { isDeepStrictEqual } from 'node:util';
import type { UnifiedSchemas } from '../../unified.ts';
import type { Finding } from '../../harness/rule.ts';

/** @returns a finding when the two are not the same */
export function same(what: string, got: unknown, expected: unknown): Finding[] {
  return isDeepStrictEqual(got, expected) ? [] : [{ what, expected, got }];
}

/** @returns a finding when a value is not reachable both as a custom field and as an integration field */
export function reachable(item: FieldsOfItem, key: string, expected: unknown): Finding[] {
  const field = item.integration_fields.find(
    (candidate) => candidate.key === key && candidate.type === 'DEFAULT',
  );
  return [
    ...contains(`custom_fields.${key}`, item.custom_fields?.[key], expected),
    ...contains(`the integration field ${key}`, field?.value, expected),
  ];
}

/** @returns a finding when a value lacks something of what is expected; further fields are allowed */
function contains(what: string, got: unknown, expected: unknown): Finding[] {
  return includesAll(got, expected) ? [] : [{ what, expected, got }];
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

/** @returns a finding when two texts differ; null may stand for a blank text */
export function sameText(what: string, got: unknown, expected: string | null): Finding[] {
  const isNothing = expected === null || expected.trim() === '';
  return isNothing && got === null ? [] : same(what, got, expected);
}
