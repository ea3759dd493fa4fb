import type { GemSchemas } from '../../../contracts/gem.ts';
import type { RecordTypes } from '../../../seeds/index.ts';
import { contains, created, equals, filters, updated } from '../../http/filters.ts';
import { listPage } from '../../http/pages.ts';
import type { Store } from '../../store/store.ts';
import type { GemHandler } from '../handler.ts';
import { itemOf, type Resource } from '../resource.ts';
import { presentDepartments } from './departments.ts';
import { presentOffices } from './offices.ts';
import { presentUsers } from './users.ts';

/** Jobs (gem-ats-api §3.3). */
export const jobs: Resource<'jobs'> = {
  name: 'jobs',
  label: 'Job',
  present: (job, { store }) => ({
    closed_at: job.closed_at,
    confidential: job.confidential,
    created_at: job.created_at,
    custom_fields: job.custom_fields,
    deleted_at: job.deleted_at,
    departments: presentDepartments(store, job.department_ids),
    employment_type: job.employment_type ?? null,
    hiring_team: presentHiringTeam(store, job.hiring_team),
    id: job.id,
    is_template: job.is_template,
    location_type: job.location_type ?? null,
    name: job.name,
    offices: presentOffices(store, job.office_ids),
    opened_at: job.opened_at,
    requisition_id: job.requisition_id,
    status: job.status,
    updated_at: job.updated_at,
  }),
};

export const listJobs: GemHandler<'listJobs'> = ({ query }, world) =>
  listPage(
    world,
    jobs,
    query,
    filters(
      created(query),
      updated(query),
      equals(query.requisition_id, (job) => job.requisition_id),
      equals(query.status, (job) => job.status),
      contains(query.department_id, (job) => job.department_ids, 'department_id'),
      contains(query.office_id, (job) => job.office_ids, 'office_id'),
    ),
  );

export const getJob: GemHandler<'getJob'> = ({ path, query }, world) =>
  itemOf(world, jobs, path.job_id, query);

function presentHiringTeam(store: Store, team: RecordTypes['jobs']['hiring_team']): GemSchemas['HiringTeam'] {
  return Object.fromEntries(Object.entries(team).map(([group, ids]) => [group, presentUsers(store, ids)]));
}
