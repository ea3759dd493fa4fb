import type { GemSchemas } from '../../../contracts/gem.ts';
import type { RecordTypes } from '../../../seeds/index.ts';
import type { Store } from '../../store/store.ts';
import type { World } from '../../world/world.ts';
import {
  contains,
  created,
  equals,
  filters,
  oneOf,
  updated,
  requireKnownStatus,
  type Filter,
} from '../listing/filters.ts';
import { listPage } from '../listing/pages.ts';
import { itemOf, type GemHandler, type Presenting, type Resource } from '../resource.ts';
import { keyedCustomFields } from './custom-fields.ts';
import { presentDepartments, presentOffices } from './lookups.ts';
import { presentUsers } from './users.ts';

/** Jobs (gem-ats-api §3.3). */
export const jobs: Resource<'jobs'> = {
  name: 'jobs',
  label: 'Job',
  present: (job, { store, unnotedSwitches }) => ({
    closed_at: job.closed_at,
    confidential: job.confidential,
    created_at: job.created_at,
    custom_fields: job.custom_fields,
    deleted_at: job.deleted_at,
    departments: presentDepartments(store, job.department_ids),
    hiring_team: presentHiringTeam(store, job.hiring_team),
    id: job.id,
    is_template: job.is_template,
    name: job.name,
    offices: presentOffices(store, job.office_ids),
    opened_at: job.opened_at,
    requisition_id: job.requisition_id,
    status: job.status,
    updated_at: job.updated_at,
    ...presentPlace(unnotedSwitches, job),
    ...keyedCustomFields({ store, unnotedSwitches }, 'job', job.custom_fields),
  }),
};

export const listJobs: GemHandler<'listJobs'> = ({ query }, world) => {
  requireKnownStatus(world, query.status, statuses);
  return listPage(
    world,
    jobs,
    query,
    filters(
      created(query),
      updated(query),
      equals(query.requisition_id, (job) => job.requisition_id, 'requisition_id'),
      equals(query.status, (job) => job.status, 'status'),
      contains(query.department_id, (job) => job.department_ids, 'department_id'),
      contains(query.office_id, (job) => job.office_ids, 'office_id'),
      oneOf(query.opening_id === undefined ? undefined : jobsWithOpening(world, query.opening_id)),
      withOption(world, query.custom_field_option_id),
    ),
  );
};

const statuses = [
  'approved',
  'closed',
  'draft',
  'open',
  'pending_approval',
] satisfies RecordTypes['jobs']['status'][];

function jobsWithOpening({ store }: World, openingId: string): string[] {
  return [...store.collection('openings').entries()].flatMap(({ record }) =>
    record.opening_id === openingId && record.deleted_at === null && record.job_id !== null
      ? [record.job_id]
      : [],
  );
}

/** Values are the names of options, so that the option is looked up by its id. */
function withOption({ store }: World, optionId: string | undefined): Filter<RecordTypes['jobs']> | undefined {
  if (optionId === undefined) return undefined;
  for (const { name, options } of store.collection('custom_fields').by('field_type', 'job')) {
    const option = options.find(({ id }) => id === optionId);
    if (option) return (job) => [job.custom_fields[name]].flat().includes(option.name);
  }
  return () => false;
}

export const getJob: GemHandler<'getJob'> = ({ path, query }, world) =>
  itemOf(world, jobs, path.job_id, query);

/** Where and how the work is done, which may be sent on jobs and job posts (gem-ats-api §14 #19). */
export function presentPlace(
  unnotedSwitches: Presenting['unnotedSwitches'],
  job: Pick<RecordTypes['jobs'], 'employment_type' | 'location_type'> | undefined,
): Pick<GemSchemas['Job'], 'employment_type' | 'location_type'> {
  if (unnotedSwitches.job_place_fields === 'left_out') return {};
  return { employment_type: job?.employment_type ?? null, location_type: job?.location_type ?? null };
}

function presentHiringTeam(store: Store, team: RecordTypes['jobs']['hiring_team']): GemSchemas['HiringTeam'] {
  return Object.fromEntries(Object.entries(team).map(([group, ids]) => [group, presentUsers(store, ids)]));
}
