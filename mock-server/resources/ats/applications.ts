import type { GemSchemas } from '../../../contracts/gem.ts';
import type { RecordTypes } from '../../../seeds/index.ts';
import type { Store } from '../../store/store.ts';
import { between, created, equals, filters, requireKnownStatus } from '../listing/filters.ts';
import { listPage } from '../listing/pages.ts';
import { itemOf, whenDeleted, type GemHandler, type Presenting, type Resource } from '../resource.ts';
import { keyedCustomFields } from './custom-fields.ts';
import { toUserLite } from './users.ts';

type ApplicationRecord = RecordTypes['applications'];

/** Applications of candidates to jobs (gem-ats-api §3.2). */
export const applications: Resource<'applications'> = {
  name: 'applications',
  label: 'Application',
  present: presentApplication,
};

export const listApplications: GemHandler<'listApplications'> = ({ query }, world) => {
  requireKnownStatus(world, query.status, statuses);
  return listPage(
    world,
    applications,
    query,
    filters(
      created(query),
      between(
        query.last_activity_after,
        undefined,
        (application) => application.last_activity_at,
        'last_activity_at',
      ),
      equals(query.job_id, (application) => application.job_id, 'job_id'),
      equals(query.status, (application) => application.status, 'status'),
    ),
  );
};

const statuses = ['active', 'hired', 'rejected'] satisfies ApplicationRecord['status'][];

export const getApplication: GemHandler<'getApplication'> = ({ path, query }, world) =>
  itemOf(world, applications, path.application_id, query);

/** What Gem sends for an application, alone or inside its candidate. */
export function presentApplication(
  application: ApplicationRecord,
  presenting: Pick<Presenting, 'store' | 'unnotedSwitches'>,
): GemSchemas['Application'] {
  const { store } = presenting;
  return {
    applied_at: application.created_at,
    candidate_id: application.candidate_id,
    coordinator: presentAssigned(presenting, application.coordinator_id),
    credited_to: application.credited_to,
    current_stage: presentStage(store, application.current_stage_id),
    custom_fields: application.custom_fields,
    id: application.id,
    job_post_id: application.job_post_id,
    jobs: [{ id: application.job_id, name: store.get('jobs', application.job_id)?.name ?? '' }],
    last_activity_at: application.last_activity_at,
    recruiter: presentAssigned(presenting, application.recruiter_id),
    source: presentSource(store, application.source_id),
    sourcer: presentAssigned(presenting, application.sourcer_id),
    status: application.status,
    ...keyedCustomFields(presenting, 'application', application.custom_fields),
    ...presentRejection(store, application),
    ...whenDeleted(application),
  };
}

function presentAssigned(
  { store, unnotedSwitches }: Pick<Presenting, 'store' | 'unnotedSwitches'>,
  id: string | null,
): GemSchemas['AssignedUserOrNobody'] {
  const user = id === null ? undefined : store.get('users', id);
  if (!user) return null;
  return unnotedSwitches.assigned_user_shape === 'user'
    ? toUserLite(user)
    : { email: user.primary_email_address, id: user.id };
}

function presentStage(store: Store, id: string | null): GemSchemas['NamedReference'] | null {
  const stage = id === null ? undefined : store.get('job_stages', id);
  return stage ? { id: stage.id, name: stage.name } : null;
}

function presentSource(store: Store, id: string | null): GemSchemas['Source'] | null {
  const source = id === null ? undefined : store.get('sources', id);
  return source ? { id: source.id, public_name: source.public_name } : null;
}

function presentRejection(
  store: Store,
  { status, rejected_at, rejection_reason_id }: ApplicationRecord,
): Pick<GemSchemas['Application'], 'rejected_at' | 'rejection_reason'> {
  if (status !== 'rejected') return {};
  const reason =
    rejection_reason_id === null ? undefined : store.get('rejection_reasons', rejection_reason_id);
  return {
    ...(rejected_at !== null && { rejected_at }),
    ...(reason && { rejection_reason: { id: reason.id, name: reason.name, type: reason.type } }),
  };
}
