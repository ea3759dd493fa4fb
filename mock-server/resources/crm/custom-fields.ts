import type { GemSchemas } from '../../../contracts/gem.ts';
import type { RecordTypes } from '../../../seeds/index.ts';
import { toInstant } from '../../../contracts/clock.ts';
import { notFound, invalidField } from '../../problems/problems.ts';
import type { Store } from '../../store/store.ts';
import { pageOf } from '../listing/pages.ts';
import { serialise, type GemHandler } from '../resource.ts';
import { living } from '../references.ts';
import { secondsOf } from './moment.ts';

type CustomFieldRecord = RecordTypes['custom_fields'];

/** The definitions of the custom fields of candidates, which only the CRM has (gem-ats-api §7). */
export const listCrmCustomFields: GemHandler<'listCrmCustomFields'> = ({ query }, world) => {
  const { created_after = -Infinity, created_before = Infinity, is_hidden, scope, project_id } = query;
  const name = query.name?.trim();
  const fields = world.store
    .collection('custom_fields')
    .by('field_type', 'candidate')
    .filter((field) => field.deleted_at === null)
    .map(presentCrmField)
    .filter((field) => field.created_at >= created_after && field.created_at < created_before)
    .filter((field) => is_hidden === undefined || field.is_hidden === is_hidden)
    .filter((field) => scope === undefined || field.scope === scope)
    .filter((field) => project_id === undefined || field.project_id === project_id)
    .filter((field) => name === undefined || field.name === name);
  const sorted = query.sort === 'desc' ? fields.toReversed() : fields;
  return pageOf(
    sorted.map((field) => serialise(field)),
    query,
  );
};

export const getCrmCustomField: GemHandler<'getCrmCustomField'> = ({ path }, world) => {
  const field = living(world, 'custom_fields', path.custom_field_id);
  if (field.field_type !== 'candidate') throw notFound('Custom field');
  return { status: 200, body: serialise(presentCrmField(field)) };
};

function presentCrmField(field: CustomFieldRecord): GemSchemas['CrmCustomField'] {
  return {
    created_at: secondsOf(field.created_at),
    id: field.id,
    is_hidden: !field.active,
    name: field.name,
    options: field.options.map(({ id, name }) => ({ id, is_hidden: false, value: name })),
    project_id: null,
    scope: 'team',
    value_type: crmValueType(field),
  };
}

/** The CRM knows four kinds; a yes or no is one of two options there. */
function crmValueType({ value_type }: CustomFieldRecord): GemSchemas['CrmValueType'] {
  return value_type === 'yes_no' ? 'single_select' : value_type;
}

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
