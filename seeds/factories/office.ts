import type { OfficeRecord } from '../records.ts';
import type { Kit } from './kit.ts';

/** Makes an office; `location_name` is the text that Gem sends as its location. */
export function makeOffice(
  kit: Kit,
  overrides: Partial<OfficeRecord> & Pick<OfficeRecord, 'name' | 'location_name'>,
): OfficeRecord {
  return {
    id: kit.identifiers.next('office'),
    parent_id: null,
    parent_office_external_id: null,
    child_office_external_ids: [],
    created_at: kit.ago(1000),
    deleted_at: null,
    ...overrides,
  };
}
