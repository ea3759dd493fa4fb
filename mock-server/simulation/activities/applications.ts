import type { RecordTypes } from '../../../seeds/index.ts';
import { pipelineOf } from '../../resources/ats/job-stages.ts';
import { nextStage } from '../../resources/ats/lifecycle/stages.ts';
import type { Activity, Scene } from '../scene.ts';

/** What happens to applications. */
export const applicationActivities: readonly Activity[] = [
  {
    name: 'somebody new applies',
    weight: 12,
    plan(scene) {
      const job = scene.openJob();
      if (!job) return undefined;
      const candidate_id = scene.world.nextId('candidate');
      const source_id = scene.some('sources')?.id ?? null;
      const hasResume = scene.happens(0.7);
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
    plan(scene) {
      const job = scene.openJob();
      const applicants = new Set(
        scene.world.store
          .collection('applications')
          .by('job_id', job?.id ?? '')
          .filter(({ status }) => status === 'active')
          .map(({ candidate_id }) => candidate_id),
      );
      const candidate = scene.some('candidates', ({ id }) => !applicants.has(id));
      if (!job || !candidate) return undefined;
      return [
        { do: 'create', resource: 'applications', set: { candidate_id: candidate.id, job_id: job.id } },
      ];
    },
  },
  {
    name: 'an application advances',
    weight: 14,
    plan(scene) {
      const application = scene.activeApplication((one) => nextStage(scene.world.store, one) !== undefined);
      return application && [{ do: 'advance', application: application.id }];
    },
  },
  {
    name: 'an application is moved',
    weight: 2,
    plan(scene) {
      const application = scene.activeApplication();
      if (!application) return undefined;
      const { current_stage_id, job_id } = application;
      const others = pipelineOf(scene.world.store, job_id).filter(
        ({ id, active }) => active && id !== current_stage_id,
      );
      const stage = scene.oneOf(others);
      return stage && [{ do: 'move', application: application.id, stage: stage.id }];
    },
  },
  {
    name: 'an application is rejected',
    weight: 8,
    plan(scene) {
      const application = scene.activeApplication();
      if (!application) return undefined;
      const reason = scene.some('rejection_reasons')?.id;
      const isNoted = scene.happens(0.25) && scene.colleague() !== undefined;
      return [
        {
          do: 'reject',
          application: application.id,
          ...(reason !== undefined && { reason }),
          ...(isNoted && { note: scene.chance.lorem.sentence() }),
        },
      ];
    },
  },
  {
    name: 'a rejection is taken back',
    weight: 1,
    plan(scene) {
      const application = scene.some(
        'applications',
        (one) => one.status === 'rejected' && !isUnderWay(scene, one),
      );
      return application && [{ do: 'unreject', application: application.id }];
    },
  },
  {
    name: 'somebody is hired',
    weight: 2,
    plan(scene) {
      const application = scene.activeApplication((one) => isAtTheEnd(scene, one));
      if (!application) return undefined;
      const opening = scene.world.store
        .collection('openings')
        .by('job_id', application.job_id)
        .find(({ status, deleted_at }) => status === 'open' && deleted_at === null);
      return [{ do: 'hire', application: application.id, ...(opening && { opening: opening.id }) }];
    },
  },
  {
    name: 'an application goes to another job',
    weight: 1,
    plan(scene) {
      const application = scene.activeApplication();
      const job = scene.openJob(({ id }) => id !== application?.job_id);
      if (!application || !job) return undefined;
      return [{ do: 'transfer', application: application.id, job: job.id }];
    },
  },
  {
    name: 'the source of an application is put right',
    weight: 1,
    plan(scene) {
      const application = scene.some('applications');
      const source = scene.some('sources', ({ id }) => id !== application?.source_id);
      if (!application || !source) return undefined;
      const set = { source_id: source.id };
      return [{ do: 'change', resource: 'applications', record: application.id, set }];
    },
  },
  {
    name: 'an offer is made',
    weight: 2,
    plan(scene) {
      const application = scene.activeApplication(
        (one) => isAtTheEnd(scene, one) && offersFor(scene, one).length === 0,
      );
      return application && [{ do: 'create', resource: 'offers', set: { application_id: application.id } }];
    },
  },
  {
    name: 'an offer is answered',
    weight: 1,
    plan(scene) {
      const offer = scene.some('offers', ({ status }) => status === 'unresolved');
      const status = scene.happens(0.8) ? 'accepted' : 'rejected';
      return offer && [{ do: 'change', resource: 'offers', record: offer.id, set: { status } }];
    },
  },
];

function isAtTheEnd({ world }: Scene, application: RecordTypes['applications']): boolean {
  return nextStage(world.store, application) === undefined;
}

/** Whether the person has another application to the same job under way. */
function isUnderWay({ world }: Scene, { candidate_id, job_id }: RecordTypes['applications']): boolean {
  const own = world.store.collection('applications').by('candidate_id', candidate_id);
  return own.some((one) => one.job_id === job_id && one.status === 'active' && one.deleted_at === null);
}

function offersFor({ world }: Scene, { id }: RecordTypes['applications']): RecordTypes['offers'][] {
  const offers = world.store.collection('offers').by('application_id', id);
  return offers.filter(({ deleted_at }) => deleted_at === null);
}
