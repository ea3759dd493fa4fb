import { createKit } from '../factories/kit.ts';
import { noRecords, settleActivity, type Scenario, type Labels, labelByName } from '../scenario.ts';
import type { Records, ResourceName } from '../records.ts';
import { buildCandidates, type People } from './default/candidates.ts';
import { buildInterviews } from './default/interviews.ts';
import { buildJobs, type Jobs } from './default/jobs.ts';
import { buildOrganisation, type Organisation } from './default/organisation.ts';

/** A small company with something of everything: what a first run shows and most tests start from. */
export const defaultScenario: Scenario = {
  name: 'default',
  purpose: 'a small robotics company: every status, several offices a job, awkward people, deleted rows',
  parameters: [],
  rules: [
    'first-office',
    'all-offices',
    'first-department',
    'all-departments',
    'posting-text',
    'initial-source',
    'application-source',
    'personal-emails',
    'resume-attachments',
  ],
  build({ seed, anchor }) {
    const kit = createKit(seed, anchor);
    const records = noRecords();
    const organisation = buildOrganisation(kit, records);
    const jobs = buildJobs(kit, records, organisation);
    const people = buildCandidates(kit, records, organisation, jobs);
    buildInterviews(kit, records, organisation);
    return {
      company: { name: 'Halden Robotics', vanity: 'halden-robotics' },
      records: settleActivity(records),
      identifiers: kit.identifiers,
      labels: labelDefault(records, organisation, jobs, people),
      timeline: [],
    };
  },
};

/**
 * Names what matters by name. Where two would share a word, the job has it: `sales` is the job, `sales-department` the
 * department. An application is called after its person and its job: `zoe-backend`.
 */
function labelDefault(
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
