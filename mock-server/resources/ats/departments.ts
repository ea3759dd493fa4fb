import type { GemSchemas } from '../../../contracts/gem.ts';
import type { RecordTypes } from '../../../seeds/index.ts';
import { listPage } from '../../http/pages.ts';
import type { Store } from '../../store/store.ts';
import type { GemHandler } from '../handler.ts';
import { itemOf, whenDeleted, type Resource } from '../resource.ts';
import { requireUnprovenList } from '../unproven.ts';

/** Departments, alone or as jobs and users carry them (gem-ats-api §3.3). */
export const departments: Resource<'departments'> = {
  name: 'departments',
  label: 'Department',
  present: (department, { store }) => presentDepartment(store, department),
};

export const listDepartments: GemHandler<'listDepartments'> = ({ query }, world) => {
  requireUnprovenList(world);
  return listPage(world, departments, query, []);
};

export const getDepartment: GemHandler<'getDepartment'> = ({ path, query }, world) => {
  requireUnprovenList(world);
  return itemOf(world, departments, path.department_id, query);
};

/** The departments with these ids, in this order. */
export function presentDepartments(store: Store, ids: readonly string[]): GemSchemas['Department'][] {
  return ids.flatMap((id) => {
    const department = store.get('departments', id);
    return department ? [presentDepartment(store, department)] : [];
  });
}

function presentDepartment(store: Store, department: RecordTypes['departments']): GemSchemas['Department'] {
  return {
    child_department_external_ids: department.child_department_external_ids,
    child_ids: store
      .collection('departments')
      .by('parent_id', department.id)
      .filter((child) => child.deleted_at === null)
      .map((child) => child.id),
    id: department.id,
    name: department.name,
    parent_department_external_id: department.parent_department_external_id,
    parent_id: department.parent_id,
    ...whenDeleted(department),
  };
}
