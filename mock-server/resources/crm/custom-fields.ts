import type { GemSchemas } from '../../../contracts/gem.ts';
import type { RecordTypes } from '../../../seeds/index.ts';
import { notFound } from '../../problems/problems.ts';
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
export function crmValueType({ value_type }: CustomFieldRecord): GemSchemas['CrmValueType'] {
  return value_type === 'yes_no' ? 'single_select' : value_type;
}
