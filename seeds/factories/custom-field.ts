import type { CustomFieldRecord } from '../records.ts';
import type { Kit } from './kit.ts';

/** Makes the definition of a custom field: optional and seen by all unless the overrides say otherwise. */
export function makeCustomField(
  kit: Kit,
  overrides: Partial<Omit<CustomFieldRecord, 'options'>> &
    Pick<CustomFieldRecord, 'field_type' | 'name' | 'value_type'> & { options?: readonly string[] },
): CustomFieldRecord {
  const { options = [], ...given } = overrides;
  return {
    id: kit.identifiers.next('custom_field'),
    active: true,
    private: false,
    required: false,
    created_at: kit.ago(900),
    deleted_at: null,
    ...given,
    options: options.map((name) => ({ id: kit.identifiers.next('custom_field_option'), name })),
  };
}
