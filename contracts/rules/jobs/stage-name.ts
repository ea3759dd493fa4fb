import * as fc from 'fast-check';
import type { Case } from '../../harness/case.ts';
import { name, text } from '../cases/texts.ts';
import { showsWrong } from '../support/mutants.ts';
import { readingRule } from '../../harness/rule.ts';
import { sameText } from '../support/compare.ts';

/** A job with stages of any names; the first may get another name between two syncs. */
const namedStages: fc.Arbitrary<Case> = fc
  .record({ job: name, stages: fc.array(text, { minLength: 1, maxLength: 3 }), renamed: fc.option(name) })
  .map(({ job, stages, renamed }) => ({
    records: {
      jobs: [{ as: 'job-1', name: job }],
      job_stages: [...stages, '  Reference  '].map((stage, priority) => ({
        as: `stage-${priority + 1}`,
        job_id: 'job-1',
        name: stage,
        priority,
      })),
    },
    edits:
      renamed === null
        ? []
        : [{ do: 'change', resource: 'job_stages', record: 'stage-1', set: { name: renamed } }],
  }));

export default readingRule({
  statement: "an application stage's `name` is Gem's, letter by letter",
  evidence: { grade: 'documented', source: 'kombo-gem-connector §1' },
  of: 'job_stages',
  becomes: 'application-stages',
  needs: ['application-stages.name'],
  cases: namedStages,
  judge: ({ gem, unified }) => sameText('name', unified.name, gem.name),
  mutants: [
    showsWrong('in small letters', 'application-stages', (stage) => ({
      ...stage,
      name: stage.name?.toLowerCase() ?? null,
    })),
    showsWrong('without blanks around it', 'application-stages', (stage) => ({
      ...stage,
      name: stage.name?.trim() ?? null,
    })),
  ],
});
