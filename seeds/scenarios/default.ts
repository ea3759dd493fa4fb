import { createKit } from '../factories/kit.ts';
import { noRecords, settleActivity, type Scenario } from '../scenario.ts';
import { buildCandidates } from './default/candidates.ts';
import { buildInterviews } from './default/interviews.ts';
import { buildJobs } from './default/jobs.ts';
import { labelDefault } from './default/labels.ts';
import { buildOrganisation } from './default/organisation.ts';

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
