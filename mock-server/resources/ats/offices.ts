import type { GemSchemas } from '../../../contracts/gem.ts';
import type { RecordTypes } from '../../../seeds/index.ts';
import { listPage } from '../../http/pages.ts';
import type { Store } from '../../store/store.ts';
import type { GemHandler } from '../handler.ts';
import { itemOf, whenDeleted, type Resource } from '../resource.ts';

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
