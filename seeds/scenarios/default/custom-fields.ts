import { makeCustomField } from '../../factories/settings.ts';
import type { Kit } from '../../factories/kit.ts';
import type { Records } from '../../records.ts';

/** The definitions of the custom fields that jobs and openings have values of, and of some without any value. */
export function addCustomFields(kit: Kit, records: Records): void {
  records.custom_fields.push(
    makeCustomField(kit, {
      field_type: 'job',
      name: 'Salary band',
      value_type: 'single_select',
      options: ['L4', 'L5', 'L6'],
    }),
    makeCustomField(kit, { field_type: 'job', name: 'Travel required', value_type: 'yes_no' }),
    makeCustomField(kit, { field_type: 'opening', name: 'Cost centre', value_type: 'text', required: true }),
    makeCustomField(kit, {
      field_type: 'application',
      name: 'Notice period',
      value_type: 'text',
      private: true,
    }),
    makeCustomField(kit, { field_type: 'offer', name: 'Relocation until', value_type: 'date' }),
    makeCustomField(kit, {
      field_type: 'candidate',
      name: 'Seniority',
      value_type: 'single_select',
      options: ['Junior', 'Senior', 'Principal'],
    }),
    makeCustomField(kit, { field_type: 'candidate', name: 'Next talk', value_type: 'date' }),
    makeCustomField(kit, {
      field_type: 'candidate',
      name: 'Languages',
      value_type: 'multi_select',
      options: ['Deutsch', 'English', '日本語'],
    }),
  );
}
