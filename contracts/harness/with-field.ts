import type { ItemOf } from './adapter.ts';

/** An item on which a field that every account has is something else, both as a custom and as an integration field. */
export function withField<Item extends ItemOf['jobs'] | ItemOf['applications']>(
  item: Item,
  key: string,
  change: (value: unknown) => unknown,
): Item {
  return {
    ...item,
    custom_fields: { ...item.custom_fields, [key]: change(item.custom_fields?.[key]) },
    integration_fields: item.integration_fields.map((field) =>
      field.key === key && field.type === 'DEFAULT' ? { ...field, value: change(field.value) } : field,
    ),
  };
}
