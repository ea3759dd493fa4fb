import { jobNamed } from '../lifecycle/support.ts';
import { refuses } from './refusals.ts';

refuses([
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
]);
