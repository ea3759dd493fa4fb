import { refusal, type Verb } from '../editing.ts';
import { livingNamed } from '../named-records.ts';
import { putRecord } from '../put-record.ts';

/** Takes a job post off. */
export const unpublish: Verb<'unpublish'> = (editing, { record }) => {
  const post = livingNamed(editing, 'job_posts', record, ['record']);
  if (!post.live) throw refusal(editing, ['record'], `"${record}" is not published; publish it first`);
  putRecord(editing, 'job_posts', post, { ...post, live: false });
  return { resource: 'job_posts', id: post.id };
};
