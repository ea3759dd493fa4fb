import { refusal, type Verb } from '../editing.ts';
import { livingNamed } from '../named-records.ts';
import { putRecord } from '../put-record.ts';

/** Closes a job with its posts and openings, or an opening. A job keeps no reason of its own: its openings do. */
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
