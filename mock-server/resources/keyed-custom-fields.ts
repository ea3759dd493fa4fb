import type { GemSchemas } from '../../contracts/gem.ts';
import type { Presenting } from './resource.ts';

/** The custom fields of a record once more as Harvest sends them, where a world is told so (gem-ats-api §14 #16). */
export function keyedCustomFields(
  { choices, store }: Pick<Presenting, 'choices' | 'store'>,
  fieldType: GemSchemas['CustomFieldType'],
  values: Readonly<Record<string, unknown>>,
): { keyed_custom_fields?: GemSchemas['KeyedCustomFields'] } {
  if (choices.custom_field_shape === 'plain') return {};
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
