// Small comparisons that many rules need.
import { isDeepStrictEqual } from 'node:util';
import type { UnifiedSchemas } from '../unified.ts';
import type { Finding } from './rule.ts';

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
    ...same(`custom_fields.${key}`, item.custom_fields?.[key], expected),
    ...same(`the integration field ${key}`, field?.value, expected),
  ];
}

interface FieldsOfItem {
  custom_fields: UnifiedSchemas['CustomFields'];
  integration_fields: UnifiedSchemas['IntegrationFields'];
}
