// Walks the field lists of all ten models: every field of every row that the unified API shows has to hold what
// follows from Gem's own answer. The expectations restate the rules; they share no code with the connector.
import { beforeAll, describe, expect, test } from 'vitest';
import { coveredModels, type ModelName } from '../../contracts/coverage.ts';
import { useBoth } from '../support/both.ts';
import { applicationStages } from './walks/application-stages.ts';
import { applications } from './walks/applications.ts';
import { candidates } from './walks/candidates.ts';
import { interviews } from './walks/interviews.ts';
import { jobPostings } from './walks/job-postings.ts';
import { jobs } from './walks/jobs.ts';
import { hiringTeam, interviewers, jobStages } from './walks/joins.ts';
import { users } from './walks/users.ts';
import { readBoth, type Shown, type Walk } from './walks/walk.ts';

const walks: Record<ModelName, Walk> = {
  ats_users: users,
  ats_jobs: jobs,
  ats_job_postings: jobPostings,
  ats_candidates: candidates,
  ats_application_stages: applicationStages,
  ats_applications: applications,
  ats_interviews: interviews,
  ats_join_jobs_application_stages: jobStages,
  ats_join_jobs_users: hiringTeam,
  ats_join_interviews_users: interviewers,
};

const both = useBoth();
let shown: Shown;
beforeAll(async () => {
  shown = await readBoth(both);
});

test('the ten models have 113 fields', () => {
  expect(Object.values(coveredModels).flatMap(({ fields }) => fields)).toHaveLength(113);
});

const models = Object.keys(walks).filter((name): name is ModelName => name in coveredModels);

describe.each(models)('%s', (name) => {
  const { rows, hidden = [] } = walks[name];

  test('shows a row for each that Gem has, and no other', () => {
    expect(rows(shown).length).toBeGreaterThan(3);
  });

  test.each(coveredModels[name].fields.filter((field) => !hidden.includes(field)))('%s', (field) => {
    for (const { actual, expected } of rows(shown)) {
      expect(expected, 'an expectation for this field').toHaveProperty(field);
      expect(actual[field], String(expected['remote_id'])).toEqual(expected[field]);
    }
  });
});
