import { jobsOf } from '../cases/jobs.ts';
import { same } from '../support/compare.ts';
import { gemRecord, showsWrong } from '../support/mutants.ts';
import { readingRule } from '../../harness/rule.ts';

const uncovered = [
  'weekly_hours',
  'employment_type',
  'visibility',
  'category',
  'experience_level',
  'salary_amount',
  'salary_amount_from',
  'salary_amount_to',
  'salary_currency',
  'salary_period',
  'remote_url',
  'contact_id',
] as const;

export default readingRule({
  statement: 'the fields of a job that the connector does not cover are null, or empty lists',
  evidence: { grade: 'assumed', source: 'kombo-unified-api §2.2, §8 #6, #7' },
  of: 'jobs',
  becomes: 'jobs',
  needs: ['jobs.id'],
  about: uncoveredFields(),
  cases: jobsOf(
    [
      // Values of Gem that would fit into some of the fields.
      {
        as: 'job-contract',
        employment_type: 'contract',
        confidential: true,
        custom_fields: { salary_amount: 40_000, category: 'Optics' },
        hiring_team: { recruiters: ['paula'] },
        stages: ['Interview', 'Offer'],
      },
      { as: 'job-intern', employment_type: 'intern', hiring_team: { hiring_managers: ['mats'] } },
      { as: 'job-bare', employment_type: null, hiring_team: {} },
    ],
    [{ do: 'change', resource: 'jobs', record: 'job-intern', set: { employment_type: 'full_time' } }],
  ),
  // The rule valid-items says that the fields are present.
  judge: ({ unified }) => [
    ...uncovered.flatMap((field) => same(field, unified[field] ?? null, null)),
    ...same('screening_questions', unified.screening_questions ?? [], []),
    ...unified.stages.flatMap((stage) => [
      ...same('stages.status', stage.status ?? null, null),
      ...same('stages.custom_fields', stage.custom_fields ?? null, null),
    ]),
    ...unified.hiring_team.flatMap(({ job_roles }) => same('hiring_team.job_roles', job_roles ?? [], [])),
  ],
  mutants: [
    showsWrong('employment type guessed', 'jobs', (job, gem) => ({
      ...job,
      employment_type: gemRecord(gem, 'jobs', job.remote_id)?.employment_type?.toUpperCase() ?? null,
    })),
    showsWrong('confidential as visibility', 'jobs', (job) => ({
      ...job,
      visibility: job.confidential === true ? 'CONFIDENTIAL' : null,
    })),
    showsWrong('stages said to be in use', 'jobs', (job) => ({
      ...job,
      stages: job.stages.map((stage) => ({ ...stage, status: 'ACTIVE' as const })),
    })),
  ],
});

function uncoveredFields(): string[] {
  return [...uncovered.map((field) => `jobs.${field}`), 'jobs.screening_questions', 'users.job_roles'];
}
