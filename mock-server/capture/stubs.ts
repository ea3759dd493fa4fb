import type { ResourceName } from '../../seeds/index.ts';
import { isRow, type Row } from './steps.ts';
import { onlyRows, text, textOrNull } from './to-records.ts';

/** A record that is known from another one, which carries a short form of it. */
export interface Stub {
  resource: ResourceName;
  id: string;
  /** As its own list would have it, as far as that is known. */
  row: Row;
}

/** The short forms of others that a record carries: Gem may have no list of them, or leave one out of it that is deleted. */
export function stubsIn(resource: ResourceName, row: Row): Stub[] {
  const at =
    textOrNull(row['updated_at']) ?? textOrNull(row['last_activity_at']) ?? textOrNull(row['created_at']);
  const gone = { created_at: at, updated_at: at, deleted_at: at };
  const person = { ...gone, disabled: true };
  switch (resource) {
    case 'users':
      return [...all('offices', row['offices']), ...all('departments', row['departments'])];
    case 'jobs': {
      const team = isRow(row['hiring_team']) ? Object.values(row['hiring_team']) : [];
      return [
        ...all('offices', row['offices']),
        ...all('departments', row['departments']),
        ...team.flatMap((group) => all('users', group, person)),
      ];
    }
    case 'job_stages':
      return onlyRows(row['interviews']).flatMap((one) =>
        all('users', one['default_interviewer_users'], person),
      );
    case 'applications': {
      const [job] = onlyRows(row['jobs']);
      const jobId = text(job?.['id']);
      return [
        ...of('sources', row['source']),
        ...of('rejection_reasons', row['rejection_reason']),
        ...of('jobs', job, { ...gone, status: 'closed', closed_at: at }),
        ...of('job_stages', row['current_stage'], { ...gone, job_id: jobId, active: false, priority: 1000 }),
      ];
    }
    case 'scorecards':
      return [...of('users', row['interviewer'], person), ...of('users', row['submitted_by'], person)];
    case 'scheduled_interviews':
      return of('users', row['organizer'], person);
    default:
      return [];
  }
}

function of(resource: ResourceName, value: unknown, more: Row = {}): Stub[] {
  return isRow(value) ? [{ resource, id: text(value['id']), row: { ...value, ...more } }] : [];
}

function all(resource: ResourceName, value: unknown, more?: Row): Stub[] {
  return onlyRows(value).flatMap((one) => of(resource, one, more));
}
