import type { RecordTypes } from '../../../seeds/index.ts';
import { reasonAgainstPublishing } from '../../edits/record-rules.ts';
import type { Activity, RecruiterView } from '../recruiter-view.ts';

/** What happens to jobs and their posts. */
export const jobActivities: readonly Activity[] = [
  {
    name: 'a job is opened',
    weight: 0.6,
    plan(view) {
      const job_id = view.world.nextId('job');
      return [
        { do: 'create', resource: 'jobs', set: { id: job_id, name: view.chance.person.jobTitle() } },
        { do: 'create', resource: 'job_posts', set: { job_id } },
        { do: 'create', resource: 'openings', set: { job_id } },
      ];
    },
  },
  {
    name: 'a job is closed',
    weight: 0.4,
    plan(view) {
      const job = view.openJob();
      // A company that hires has something to hire for.
      if (!job || !view.openJob(({ id }) => id !== job.id)) return undefined;
      const reason = view.some('close_reasons')?.id;
      return [{ do: 'close', resource: 'jobs', record: job.id, ...(reason !== undefined && { reason }) }];
    },
  },
  {
    name: 'a job is opened again',
    weight: 0.2,
    plan(view) {
      const job = view.some('jobs', ({ status }) => status === 'closed');
      return job && [{ do: 'reopen', resource: 'jobs', record: job.id }];
    },
  },
  {
    name: 'a post is published',
    weight: 0.8,
    plan(view) {
      const post = view.some('job_posts', (one) => !one.live && mayBePublished(view, one));
      return post && [{ do: 'publish', record: post.id }];
    },
  },
  {
    name: 'a post is taken off',
    weight: 0.4,
    plan(view) {
      const post = view.some('job_posts', ({ live }) => live);
      return post && [{ do: 'unpublish', record: post.id }];
    },
  },
  {
    name: 'a post is written anew',
    weight: 0.8,
    plan(view) {
      const post = view.some('job_posts');
      if (!post) return undefined;
      const content = `<p>${post.title}: ${view.chance.company.catchPhrase()}.</p>`;
      return [{ do: 'change', resource: 'job_posts', record: post.id, set: { content } }];
    },
  },
  {
    name: 'the offices of a job are put into another order',
    weight: 0.6,
    plan(view) {
      const job = view.openJob(({ office_ids }) => office_ids.length > 1);
      if (!job) return undefined;
      const order = [job.office_ids.length - 1];
      return [{ do: 'reorder', resource: 'jobs', record: job.id, list: 'office_ids', order }];
    },
  },
  {
    name: 'a job gets one more office',
    weight: 0.4,
    plan(view) {
      const job = view.openJob();
      const office = view.some('offices', ({ id }) => !job?.office_ids.includes(id));
      if (!job || !office) return undefined;
      const set = { office_ids: [...job.office_ids, office.id] };
      return [{ do: 'change', resource: 'jobs', record: job.id, set }];
    },
  },
  {
    name: 'a colleague joins',
    weight: 0.2,
    plan: () => [{ do: 'create', resource: 'users' }],
  },
];

function mayBePublished({ world }: RecruiterView, { job_id }: RecordTypes['job_posts']): boolean {
  const job = world.store.get('jobs', job_id);
  return job?.deleted_at === null && reasonAgainstPublishing(job) === undefined;
}
