import { same } from '../support/compare.ts';
import { jobsInDepartments } from '../cases/jobs.ts';
import type { GemSchemas } from '../../gem.ts';
import { gemRecord, showsWrong } from '../support/mutants.ts';
import { readingRule, type Mutant } from '../../harness/rule.ts';

export default readingRule({
  statement: "a job's `department` is the first of Gem's `departments`, and only that one",
  evidence: { grade: 'documented', source: 'kombo-gem-connector §3 #3' },
  of: 'jobs',
  becomes: 'jobs',
  needs: ['jobs.department'],
  cases: jobsInDepartments,
  judge: ({ gem, unified }) => same('department', unified.department, gem.departments.at(0)?.name ?? null),
  mutants: [
    showsDepartment('last department', (departments) => departments.at(-1)?.name),
    showsDepartment('all departments in one', (departments) =>
      departments.length === 0 ? null : departments.map(({ name }) => name).join(', '),
    ),
  ],
});

function showsDepartment(
  name: string,
  choose: (departments: readonly GemSchemas['Department'][]) => string | null | undefined,
): Mutant {
  return showsWrong(name, 'jobs', (job, gem) => ({
    ...job,
    department: choose(gemRecord(gem, 'jobs', job.remote_id)?.departments ?? []) ?? null,
  }));
}
