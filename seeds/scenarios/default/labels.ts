import type { Records, ResourceName } from '../../records.ts';
import { type Labels, labelByName } from '../../scenario.ts';
import type { People } from './candidates.ts';
import type { Jobs } from './jobs.ts';
import type { Organisation } from './organisation.ts';

/**
 * Names what matters by name. Where two would share a word, the job has it: `sales` is the job, `sales-department` the
 * department. An application is called after its person and its job: `zoe-backend`.
 */
export function labelDefault(
  records: Records,
  { offices, departments, users }: Organisation,
  { jobs }: Jobs,
  people: People,
): Labels {
  const labels: Labels = {
    ...labelByName('sources', records.sources),
    ...labelByName('rejection_reasons', records.rejection_reasons),
    ...labelByName('close_reasons', records.close_reasons),
  };
  const taken: Record<string, ResourceName> = {};
  function add(resource: ResourceName, named: Record<string, { id: string }>, ending: string): void {
    for (const [word, { id }] of Object.entries(named)) {
      const label = toLabel(word);
      const free = taken[label] === undefined ? label : `${label}-${ending}`;
      taken[label] ??= resource;
      labels[free] = { resource, id };
    }
  }
  add('jobs', jobs, 'job');
  add('offices', offices, 'office');
  add('departments', departments, 'department');
  add('users', users, 'user');
  add('candidates', people, 'person');
  Object.assign(labels, labelApplications(records, jobs, people));
  return labels;
}

function labelApplications(records: Records, jobs: Jobs['jobs'], people: People): Labels {
  const jobWords = new Map(Object.entries(jobs).map(([word, { id }]) => [id, toLabel(word)]));
  const labels: Labels = {};
  for (const [word, person] of Object.entries(people)) {
    for (const { id, job_id } of records.applications.filter(
      ({ candidate_id }) => candidate_id === person.id,
    )) {
      const label = `${toLabel(word)}-${jobWords.get(job_id)}`;
      labels[labels[label] ? `${label}-again` : label] = { resource: 'applications', id };
    }
  }
  return labels;
}

/** `newYork` as a label: `new-york`. */
function toLabel(word: string): string {
  return word.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
