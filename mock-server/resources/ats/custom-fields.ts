import type { GemSchemas } from '../../../contracts/gem.ts';
import { listPage } from '../../http/pages.ts';
import { notFound } from '../../problems/problems.ts';
import type { GemHandler } from '../handler.ts';
import { whenDeleted, type Resource } from '../resource.ts';

/** The definitions of the team's own fields (gem-ats-api §3.12). */
export const customFields: Resource<'custom_fields'> = {
  name: 'custom_fields',
  label: 'Custom field',
  present: (field) => ({
    active: field.active,
    custom_field_options: field.options.map((option, priority) => ({ ...option, priority })),
    field_type: field.field_type,
    id: field.id,
    name: field.name,
    private: field.private,
    required: field.required,
    value_type: field.value_type,
    ...whenDeleted(field),
  }),
};

export const listCustomFields: GemHandler<'listCustomFields'> = ({ path, query }, world) => {
  if (!fieldTypes.includes(path.field_type)) throw notFound('Custom field type');
  const ofType = world.store.collection('custom_fields').entriesBy('field_type', path.field_type);
  return listPage(world, customFields, query, [], ofType);
};

const fieldTypes: readonly string[] = [
  'application',
  'candidate',
  'job',
  'offer',
  'opening',
] satisfies GemSchemas['CustomFieldType'][];
