import { refusal, type Verb } from '../editing.ts';
import { reasonAgainstPublishing } from '../record-rules.ts';
import { livingNamed } from '../named-records.ts';
import { putRecord } from '../put-record.ts';

/** Closes a job with its posts and openings, or an opening. A job has no reason of its own: its openings do. */
export const close: Verb<'close'> = (editing, { resource, record: name, reason }) => {
  const { store } = editing.world;
  const record = livingNamed(editing, resource, name, ['record']);
  if (record.status === 'closed')
    throw refusal(editing, ['record'], `"${name}" is closed already; reopen it first`);
  const close_reason_id =
    reason === undefined ? null : livingNamed(editing, 'close_reasons', reason, ['reason']).id;
  if (resource === 'openings') {
    const opening = livingNamed(editing, resource, name, ['record']);
    putRecord(editing, resource, opening, { ...opening, status: 'closed', close_reason_id });
  } else {
    const job = livingNamed(editing, resource, name, ['record']);
    for (const opening of store.collection('openings').by('job_id', job.id)) {
      if (opening.status === 'closed' || opening.deleted_at !== null) continue;
      putRecord(editing, 'openings', opening, { ...opening, status: 'closed', close_reason_id });
    }
    putRecord(editing, resource, job, { ...job, status: 'closed' });
  }
  return { resource, id: record.id };
};

/** Opens a closed job or opening again. Its posts stay off and its openings closed until another edit changes them. */
export const reopen: Verb<'reopen'> = (editing, { resource, record: name }) => {
  const { id, status } = livingNamed(editing, resource, name, ['record']);
  if (status !== 'closed') {
    const advice = status === 'open' ? 'close it first' : 'change its status to open';
    throw refusal(editing, ['record'], `"${name}" is ${status}, not closed; ${advice}`);
  }
  if (resource === 'openings') {
    const opening = livingNamed(editing, resource, name, ['record']);
    putRecord(editing, resource, opening, { ...opening, status: 'open' });
  } else {
    const job = livingNamed(editing, resource, name, ['record']);
    putRecord(editing, resource, job, { ...job, status: 'open' });
  }
  return { resource, id };
};

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

/** Takes a job post off. */
export const unpublish: Verb<'unpublish'> = (editing, { record }) => {
  const post = livingNamed(editing, 'job_posts', record, ['record']);
  if (!post.live) throw refusal(editing, ['record'], `"${record}" is not published; publish it first`);
  putRecord(editing, 'job_posts', post, { ...post, live: false });
  return { resource: 'job_posts', id: post.id };
};
