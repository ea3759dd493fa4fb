import { describe, expect, test } from 'vitest';
import type { Edit } from '../../../seeds/index.ts';
import { jobNamed, setScene, type Scene } from '../lifecycle/support.ts';
import { editLater, refused } from './support.ts';

type Refusal = [what: string, edit: (scene: Scene) => unknown, path: string, message: string];

const refusals: Refusal[] = [
  ['an edit that there is not', () => ({ do: 'promote' }), 'do', 'no edit is called "promote"'],
  ['a verb with a slip', () => ({ do: 'unrejet', application: 'x' }), 'do', 'did you mean "unreject"?'],
  ['no edit at all', () => null, 'do', 'do one of: create, change'],
  ['a word that the edit lacks', () => ({ do: 'advance' }), '', '"application" is missing'],
  [
    'a word that the edit does not have',
    () => ({ do: 'advance', application: 'x', sage: 'y' }),
    'sage',
    'unknown field "sage"',
  ],
  [
    'a field with a slip',
    () => ({ do: 'create', resource: 'candidates', set: { frist_name: 'Ada' } }),
    'set.frist_name',
    'did you mean "first_name"?',
  ],
  [
    'a value of another kind, deep inside',
    () => ({
      do: 'create',
      resource: 'candidates',
      set: { email_addresses: [{ value: 'a@example.com', type: 'home', is_primary: true }] },
    }),
    'set.email_addresses.0.type',
    'type cannot be "home"; it is one of other, personal, work',
  ],
  [
    'a record that there is not',
    () => ({ do: 'delete', resource: 'jobs', record: 'nope' }),
    'record',
    'no job has the id or label "nope"',
  ],
  [
    'a label with a slip',
    () => ({ do: 'delete', resource: 'candidates', record: 'grcae' }),
    'record',
    'did you mean "grace"?',
  ],
  [
    'a label of another resource',
    () => ({ do: 'delete', resource: 'jobs', record: 'grace' }),
    'record',
    '"grace" is a candidate; name a job here',
  ],
  [
    'a label that is taken',
    () => ({ do: 'create', resource: 'offices', as: 'grace' }),
    'as',
    '"grace" is the label of',
  ],
  [
    'a label that is a trap',
    () => ({ do: 'create', resource: 'offices', as: '__proto__' }),
    'as',
    'choose another',
  ],
  [
    'an id that is taken',
    ({ find }) => ({ do: 'create', resource: 'jobs', set: { id: find('jobs').id } }),
    'set.id',
    'is taken',
  ],
  [
    'a new id for a record',
    () => ({ do: 'change', resource: 'candidates', record: 'grace', set: { id: 'other' } }),
    'set.id',
    'an id never changes',
  ],
  [
    'a deletion by hand',
    () => ({
      do: 'change',
      resource: 'candidates',
      record: 'grace',
      set: { deleted_at: '2026-11-20T08:00:00Z' },
    }),
    'set.deleted_at',
    'use the edit delete',
  ],
  [
    'a change of what was deleted',
    (scene) => ({
      do: 'change',
      resource: 'candidates',
      record: deletedCandidate(scene),
      set: { title: 'Ghost' },
    }),
    'record',
    'bring it back first by changing deleted_at to null',
  ],
  [
    'a reference to what was deleted',
    (scene) => ({
      do: 'create',
      resource: 'applications',
      set: { candidate_id: deletedCandidate(scene) },
    }),
    'set.candidate_id',
    'was deleted at',
  ],
  [
    'something that needs more',
    () => ({ do: 'create', resource: 'notes' }),
    'set',
    'a note needs a candidate; name one',
  ],
  [
    'an office within itself',
    ({ find }) => ({
      do: 'change',
      resource: 'offices',
      record: find('offices', ({ parent_id }) => parent_id === null).id,
      set: { parent_id: find('offices', ({ parent_id }) => parent_id !== null).id },
    }),
    'set.parent_id',
    'it would lie within itself',
  ],
  [
    "a change of one of Gem's own sources",
    ({ find }) => ({
      do: 'change',
      resource: 'sources',
      record: find('sources', ({ public_name }) => public_name === 'Referral').id,
      set: { public_name: 'Friends' },
    }),
    'set.public_name',
    "one of Gem's own sources",
  ],
  [
    "the end of one of Gem's own sources",
    ({ find }) => ({
      do: 'delete',
      resource: 'sources',
      record: find('sources', ({ public_name }) => public_name === 'Referral').id,
    }),
    'record',
    'cannot be removed',
  ],
  [
    'a confidential job with a published post',
    (scene) => ({
      do: 'change',
      resource: 'jobs',
      record: jobNamed(scene, 'Product Designer').id,
      set: { confidential: true },
    }),
    'set.confidential',
    'unpublish the post "Product Designer (by invitation)"',
  ],
  [
    'a published post of a confidential job',
    (scene) => ({
      do: 'create',
      resource: 'job_posts',
      set: { job_id: jobNamed(scene, 'Chief Financial Officer').id, live: true },
    }),
    'set.live',
    'change confidential to false first',
  ],
  [
    'a post of a closed job',
    (scene) => ({
      do: 'publish',
      record: scene.find('job_posts', ({ job_id }) => job_id === jobNamed(scene, 'Office Manager').id).id,
    }),
    'record',
    'the job is closed, and only posts of an open job are published; reopen it first',
  ],
  [
    'a job that is closed already',
    (scene) => ({ do: 'close', resource: 'jobs', record: jobNamed(scene, 'Office Manager').id }),
    'record',
    'closed already',
  ],
  [
    'a job that was never open',
    (scene) => ({ do: 'reopen', resource: 'jobs', record: jobNamed(scene, 'Data Analyst (draft)').id }),
    'record',
    'is draft, not closed; change its status to open',
  ],
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
  [
    'a list that there is not',
    () => ({ do: 'reorder', resource: 'candidates', record: 'grace', list: 'emails', order: [0] }),
    'list',
    'candidates have no list "emails"',
  ],
  [
    'a position that there is not',
    () => ({
      do: 'reorder',
      resource: 'candidates',
      record: 'grace',
      list: 'email_addresses',
      order: [0, 0],
    }),
    'order.1',
    'its positions are 0 to',
  ],
  [
    'an item with a slip',
    (scene) => ({
      do: 'reorder',
      resource: 'jobs',
      record: active(scene).job_id,
      list: 'stages',
      order: ['Ofer'],
    }),
    'order.0',
    'did you mean "Offer"?',
  ],
];

describe('an edit is refused, with what to do, for', () => {
  test.each(refusals)('%s', async (_what, edit, path, message) => {
    const scene = await setScene();
    editLater(scene, { do: 'create', resource: 'candidates', as: 'grace' });
    // What comes before it must not have happened either.
    const first: Edit = { do: 'create', resource: 'candidates', as: 'undone' };
    // Edits come from files too, where nothing has held them to their type.
    const problem = refused(scene, first, edit(scene) as Edit);
    expect(problem).toMatchObject({ index: 1, path });
    expect(problem.message).toContain(message);
  });
});

function deletedCandidate({ gem }: Scene): string {
  const found = gem.world.store.records().candidates.find(({ deleted_at }) => deleted_at !== null);
  return found?.id ?? '';
}

function active(scene: Scene) {
  const { id } = jobNamed(scene, 'Senior Backend Engineer');
  return scene.find('applications', ({ status, job_id }) => status === 'active' && job_id === id);
}
