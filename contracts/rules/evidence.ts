// Small comparisons that several rules need.
import { isDeepStrictEqual } from 'node:util';
import type { UnifiedSchemas } from '../unified.ts';

/** @returns a contradiction when the two are not the same */
export function same(what: string, actual: unknown, expected: unknown): string[] {
  if (isDeepStrictEqual(actual, expected)) return [];
  return [`${what} is ${JSON.stringify(actual)} and should be ${JSON.stringify(expected)}`];
}

/** @returns a contradiction when a value is not reachable both as a custom field and as an integration field */
export function reachable(
  { custom_fields, integration_fields }: Fields,
  key: string,
  expected: unknown,
): string[] {
  const field = integration_fields.find((candidate) => candidate.key === key && candidate.type === 'DEFAULT');
  return [
    ...same(`the custom field ${key}`, custom_fields?.[key], expected),
    ...same(`the integration field ${key}`, field?.value, expected),
  ];
}

interface Fields {
  custom_fields: UnifiedSchemas['CustomFields'];
  integration_fields: UnifiedSchemas['IntegrationFields'];
}
