import { jobNamed } from '../lifecycle/support.ts';
import { active, refuses } from './refusals.ts';
import { editLater } from './support.ts';

refuses([
  [
    'a stage where somebody sits',
    (scene) => ({ do: 'delete', resource: 'job_stages', record: active(scene).current_stage_id }),
    'record',
    'in the stage to another one first',
  ],
  [
    'a stage that the job does not have',
    (scene) => ({ do: 'move', application: active(scene).id, stage: 'Onsit' }),
    'stage',
    'did you mean "Onsite"?',
  ],
  [
    'a stage of another job',
    (scene) => ({
      do: 'change',
      resource: 'applications',
      record: active(scene).id,
      set: {
        current_stage_id: scene.find('job_stages', ({ job_id }) => job_id !== active(scene).job_id).id,
      },
    }),
    'set.current_stage_id',
    'the stage belongs to another job',
  ],
  [
    'the step after the last',
    (scene) => ({
      do: 'advance',
      application:
        (editLater(scene, { do: 'move', application: active(scene).id, stage: 'Offer' }), active(scene).id),
    }),
    'application',
    'hire or reject it',
  ],
  [
    'a rejection of who was rejected',
    ({ find }) => ({
      do: 'reject',
      application: find('applications', ({ status }) => status === 'rejected').id,
    }),
    'application',
    'Only an active application can be rejected.',
  ],
  [
    'a hire onto a filled opening',
    (scene) => ({
      do: 'hire',
      application: active(scene).id,
      opening: scene.find('openings', ({ status }) => status === 'closed').id,
    }),
    '',
    'The opening is closed.',
  ],
  [
    'a transfer to a closed job',
    (scene) => ({
      do: 'transfer',
      application: active(scene).id,
      job: jobNamed(scene, 'Office Manager').id,
    }),
    'job',
    'reopen it first',
  ],
]);
