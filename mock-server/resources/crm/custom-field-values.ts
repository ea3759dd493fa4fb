import { toInstant } from '../../../contracts/clock.ts';
import type { GemSchemas } from '../../../contracts/gem.ts';
import type { RecordTypes } from '../../../seeds/index.ts';
import { invalidField } from '../../problems/problems.ts';
import type { Store } from '../../store/store.ts';
import { crmValueType } from './custom-fields.ts';

type CustomFieldRecord = RecordTypes['custom_fields'];
/** Values by the id of their field. */
type Values = Record<string, string | string[]>;

/** A candidate's values as the CRM sends them; those of hidden fields are left out (gem-ats-api §7). */
export function customFieldValues(store: Store, values: Values): GemSchemas['CrmCustomFieldValue'][] {
  return Object.entries(values).flatMap(([id, value]) => {
    const field = store.get('custom_fields', id);
    if (!field?.active || field.deleted_at !== null) return [];
    const chosen = field.options.filter(({ name }) => [value].flat().includes(name));
    return [
      {
        id,
        name: field.name,
        project_id: null,
        scope: 'team' as const,
        value,
        value_option_ids: field.options.length > 0 ? chosen.map((option) => option.id) : null,
        value_type: crmValueType(field),
      },
    ];
  });
}

/**
 * A candidate's values with some of them written anew; null takes a value away.
 *
 * @throws GemProblem 422 for a field that is not there, and for a value that it does not take
 */
export function writeCustomFields(
  store: Store,
  before: Values,
  updates: readonly GemSchemas['CrmCustomFieldUpdate'][],
): Values {
  const after = { ...before };
  for (const [index, { custom_field_id: id, value }] of updates.entries()) {
    const field = store.get('custom_fields', id);
    if (field?.field_type !== 'candidate' || field.deleted_at !== null) {
      throw invalidField(['custom_fields', String(index), 'custom_field_id'], 'Custom field not found.');
    }
    if (value === null) {
      delete after[id];
    } else if (takes(field, value)) {
      after[id] = value;
    } else {
      throw invalidField(['custom_fields', String(index), 'value'], `Not a valid ${crmValueType(field)}.`);
    }
  }
  return after;
}

function takes(field: CustomFieldRecord, value: string | string[]): boolean {
  const isOption = (text: string) => field.options.some(({ name }) => name === text);
  switch (crmValueType(field)) {
    case 'multi_select':
      return Array.isArray(value) && value.every(isOption);
    case 'single_select':
      return typeof value === 'string' && isOption(value);
    case 'date':
      return typeof value === 'string' && isDay(value);
    case 'text':
      return typeof value === 'string';
  }
}

function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : NaN;
  // A day that no month has is read as one of the next month.
  return !Number.isNaN(time) && toInstant(time).startsWith(text);
}
