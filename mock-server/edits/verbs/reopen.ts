import { refusal, type Verb } from '../editing.ts';
import { livingNamed } from '../named-records.ts';
import { putRecord } from '../put-record.ts';

/** Opens a closed job or opening again. Posts stay off and openings closed until somebody sees to them. */
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
