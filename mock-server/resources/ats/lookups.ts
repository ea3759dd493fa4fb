// The short lists that jobs, users, applications and openings choose from.
import type { GemSchemas } from '../../../contracts/gem.ts';
import type { RecordTypes } from '../../../seeds/index.ts';
import type { Store } from '../../store/store.ts';
import { listPage } from '../listing/pages.ts';
import { itemOf, whenDeleted, type GemHandler, type Resource } from '../resource.ts';
import { requireUnprovenList } from '../listing/filters.ts';

/** Offices, which Gem's reference also calls locations (gem-ats-api §3.3). */
export const offices: Resource<'offices'> = {
  name: 'offices',
  label: 'Office',
  present: (office, { store }) => presentOffice(store, office),
};

export const listOffices: GemHandler<'listOffices'> = ({ query }, world) =>
  listPage(world, offices, query, []);

export const getOffice: GemHandler<'getOffice'> = ({ path, query }, world) =>
  itemOf(world, offices, path.office_id, query);

/** The offices with these ids, in this order, as jobs and users carry them. */
export function presentOffices(store: Store, ids: readonly string[]): GemSchemas['Office'][] {
  return ids.flatMap((id) => {
    const office = store.get('offices', id);
    return office ? [presentOffice(store, office)] : [];
  });
}

function presentOffice(store: Store, office: RecordTypes['offices']): GemSchemas['Office'] {
  return {
    child_ids: childIds(store, office.id),
    child_office_external_ids: office.child_office_external_ids,
    id: office.id,
    location: { name: office.location_name },
    name: office.name,
    parent_id: office.parent_id,
    parent_office_external_id: office.parent_office_external_id,
    ...whenDeleted(office),
  };
}

function childIds(store: Store, id: string): string[] {
  return store
    .collection('offices')
    .by('parent_id', id)
    .filter((office) => office.deleted_at === null)
    .map((office) => office.id);
}

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

/** Sources: the channels that applications come from (gem-ats-api §3.12). */
export const sources: Resource<'sources'> = {
  name: 'sources',
  label: 'Source',
  present: (source) => ({
    id: source.id,
    name: source.public_name,
    type: source.type,
    ...whenDeleted(source),
  }),
};

export const listSources: GemHandler<'listSources'> = ({ query }, world) => {
  requireUnprovenList(world);
  return listPage(world, sources, query, []);
};

/** Reasons to reject an application, in groups (gem-ats-api §3.12). */
export const rejectionReasons: Resource<'rejection_reasons'> = {
  name: 'rejection_reasons',
  label: 'Rejection reason',
  present: (reason) => ({ id: reason.id, name: reason.name, type: reason.type, ...whenDeleted(reason) }),
};

export const listRejectionReasons: GemHandler<'listRejectionReasons'> = ({ query }, world) =>
  listPage(world, rejectionReasons, query, []);

/** Reasons to close an opening (gem-ats-api §3.12, §9). */
export const closeReasons: Resource<'close_reasons'> = {
  name: 'close_reasons',
  label: 'Close reason',
  present: (reason) => ({ id: reason.id, name: reason.name, ...whenDeleted(reason) }),
};

export const listCloseReasons: GemHandler<'listCloseReasons'> = ({ query }, world) =>
  listPage(world, closeReasons, query, []);
