import type { RecordTypes } from '../../../seeds/index.ts';
import { pipelineOf } from '../../resources/ats/job-stages.ts';
import { nextStage } from '../../resources/ats/lifecycle/moves.ts';
import type { Activity, RecruiterView } from '../recruiter-view.ts';

/** What happens to applications. */
export const applicationActivities: readonly Activity[] = [
  {
    name: 'somebody new applies',
    weight: 12,
    plan(view) {
      const job = view.openJob();
      if (!job) return undefined;
      const candidate_id = view.world.nextId('candidate');
      const source_id = view.some('sources')?.id ?? null;
      const hasResume = view.happens(0.7);
      return [
        { do: 'create', resource: 'candidates', set: { id: candidate_id } },
        { do: 'create', resource: 'applications', set: { candidate_id, job_id: job.id, source_id } },
        ...(hasResume ? [{ do: 'create', resource: 'attachments', set: { candidate_id } } as const] : []),
      ];
    },
  },
  {
    name: 'somebody known applies',
    weight: 2,
    plan(view) {
      const job = view.openJob();
      const applicants = new Set(
        view.world.store
          .collection('applications')
          .by('job_id', job?.id ?? '')
          .filter(({ status }) => status === 'active')
          .map(({ candidate_id }) => candidate_id),
      );
      const candidate = view.some('candidates', ({ id }) => !applicants.has(id));
      if (!job || !candidate) return undefined;
      return [
        { do: 'create', resource: 'applications', set: { candidate_id: candidate.id, job_id: job.id } },
      ];
    },
  },
  {
    name: 'an application advances',
    weight: 14,
    plan(view) {
      const application = view.activeApplication((one) => nextStage(view.world.store, one) !== undefined);
      return application && [{ do: 'advance', application: application.id }];
    },
  },
  {
    name: 'an application is moved',
    weight: 2,
    plan(view) {
      const application = view.activeApplication();
      if (!application) return undefined;
      const { current_stage_id, job_id } = application;
      const others = pipelineOf(view.world.store, job_id).filter(
        ({ id, active }) => active && id !== current_stage_id,
      );
      const stage = view.oneOf(others);
      return stage && [{ do: 'move', application: application.id, stage: stage.id }];
    },
  },
  {
    name: 'an application is rejected',
    weight: 8,
    plan(view) {
      const application = view.activeApplication();
      if (!application) return undefined;
      const reason = view.some('rejection_reasons')?.id;
      const isNoted = view.happens(0.25) && view.colleague() !== undefined;
      return [
        {
          do: 'reject',
          application: application.id,
          ...(reason !== undefined && { reason }),
          ...(isNoted && { note: view.chance.lorem.sentence() }),
        },
      ];
    },
  },
  {
    name: 'a rejection is taken back',
    weight: 1,
    plan(view) {
      const application = view.some(
        'applications',
        (one) => one.status === 'rejected' && !isUnderWay(view, one),
      );
      return application && [{ do: 'unreject', application: application.id }];
    },
  },
  {
    name: 'somebody is hired',
    weight: 2,
    plan(view) {
      const application = view.activeApplication((one) => isAtTheEnd(view, one));
      if (!application) return undefined;
      const opening = view.world.store
        .collection('openings')
        .by('job_id', application.job_id)
        .find(({ status, deleted_at }) => status === 'open' && deleted_at === null);
      return [{ do: 'hire', application: application.id, ...(opening && { opening: opening.id }) }];
    },
  },
  {
    name: 'an application goes to another job',
    weight: 1,
    plan(view) {
      const application = view.activeApplication();
      const job = view.openJob(({ id }) => id !== application?.job_id);
      if (!application || !job) return undefined;
      return [{ do: 'transfer', application: application.id, job: job.id }];
    },
  },
  {
    name: 'the source of an application is put right',
    weight: 1,
    plan(view) {
      const application = view.some('applications');
      const source = view.some('sources', ({ id }) => id !== application?.source_id);
      if (!application || !source) return undefined;
      const set = { source_id: source.id };
      return [{ do: 'change', resource: 'applications', record: application.id, set }];
    },
  },
  {
    name: 'an offer is made',
    weight: 2,
    plan(view) {
      const application = view.activeApplication(
        (one) => isAtTheEnd(view, one) && offersFor(view, one).length === 0,
      );
      return application && [{ do: 'create', resource: 'offers', set: { application_id: application.id } }];
    },
  },
  {
    name: 'an offer is answered',
    weight: 1,
    plan(view) {
      const offer = view.some('offers', ({ status }) => status === 'unresolved');
      const status = view.happens(0.8) ? 'accepted' : 'rejected';
      return offer && [{ do: 'change', resource: 'offers', record: offer.id, set: { status } }];
    },
  },
];

function isAtTheEnd({ world }: RecruiterView, application: RecordTypes['applications']): boolean {
  return nextStage(world.store, application) === undefined;
}

/** Whether the person has another application to the same job under way. */
function isUnderWay(
  { world }: RecruiterView,
  { candidate_id, job_id }: RecordTypes['applications'],
): boolean {
  const own = world.store.collection('applications').by('candidate_id', candidate_id);
  return own.some((one) => one.job_id === job_id && one.status === 'active' && one.deleted_at === null);
}

function offersFor({ world }: RecruiterView, { id }: RecordTypes['applications']): RecordTypes['offers'][] {
  const offers = world.store.collection('offers').by('application_id', id);
  return offers.filter(({ deleted_at }) => deleted_at === null);
}
