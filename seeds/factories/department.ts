import type { DepartmentRecord } from '../records.ts';
import type { Kit } from './kit.ts';

/** Makes a department. */
export function makeDepartment(
  kit: Kit,
  overrides: Partial<DepartmentRecord> & Pick<DepartmentRecord, 'name'>,
): DepartmentRecord {
  return {
    id: kit.identifiers.next('department'),
    parent_id: null,
    parent_department_external_id: null,
    child_department_external_ids: [],
    created_at: kit.ago(1000),
    deleted_at: null,
    ...overrides,
  };
}
