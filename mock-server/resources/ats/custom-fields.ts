import type { GemSchemas } from '../../../contracts/gem.ts';
import { notFound } from '../../problems/problems.ts';
import { listPage } from '../listing/pages.ts';
import { whenDeleted, type GemHandler, type Resource, type Presenting } from '../resource.ts';

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

/** The custom fields of a record once more as Harvest sends them, where a switch says so (gem-ats-api §14 #16). */
export function keyedCustomFields(
  { unnotedSwitches, store }: Pick<Presenting, 'unnotedSwitches' | 'store'>,
  fieldType: GemSchemas['CustomFieldType'],
  values: Readonly<Record<string, unknown>>,
): { keyed_custom_fields?: GemSchemas['KeyedCustomFields'] } {
  if (unnotedSwitches.custom_field_shape === 'plain') return {};
  const definitions = new Map(
    store
      .collection('custom_fields')
      .by('field_type', fieldType)
      .map((field) => [field.name, field]),
  );
  const keyed = Object.entries(values).map(([name, value]) => {
    const type = definitions.get(name)?.value_type ?? null;
    return [name.toLowerCase().replaceAll(/\W+/g, '_'), { name, type, value }] as const;
  });
  return { keyed_custom_fields: Object.fromEntries(keyed) };
}
