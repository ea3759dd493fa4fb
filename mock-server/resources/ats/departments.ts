import type { GemSchemas } from '../../../contracts/gem.ts';
import type { Store } from '../../store/store.ts';
import { whenDeleted } from '../resource.ts';

/** The departments with these ids, in this order, as jobs and users carry them (gem-ats-api §3.3). */
export function presentDepartments(store: Store, ids: readonly string[]): GemSchemas['Department'][] {
  return ids.flatMap((id) => {
    const department = store.get('departments', id);
    if (!department) return [];
    return [
      {
        child_department_external_ids: department.child_department_external_ids,
        child_ids: store
          .collection('departments')
          .by('parent_id', id)
          .filter((child) => child.deleted_at === null)
          .map((child) => child.id),
        id,
        name: department.name,
        parent_department_external_id: department.parent_department_external_id,
        parent_id: department.parent_id,
        ...whenDeleted(department),
      },
    ];
  });
}
