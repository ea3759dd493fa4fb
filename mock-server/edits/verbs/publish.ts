import { refusal, type Verb } from '../editing.ts';
import { reasonAgainstPublishing } from '../forbidden.ts';
import { livingNamed } from '../named-records.ts';
import { putRecord } from '../put-record.ts';

/** Puts a job post up. */
export const publish: Verb<'publish'> = (editing, { record }) => {
  const post = livingNamed(editing, 'job_posts', record, ['record']);
  if (post.live) throw refusal(editing, ['record'], `"${record}" is published already; unpublish it first`);
  const job = livingNamed(editing, 'jobs', post.job_id, ['record']);
  const reason = reasonAgainstPublishing(job);
  if (reason !== undefined) throw refusal(editing, ['record'], reason);
  putRecord(editing, 'job_posts', post, { ...post, live: true, active: true });
  return { resource: 'job_posts', id: post.id };
};
