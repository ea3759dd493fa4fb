import { stagesOf } from '../cases/stages.ts';
import { showsWrong } from '../support/mutants.ts';
import { readingRule, type Mutant, type Check } from '../../harness/rule.ts';
import type { GemSchemas } from '../../gem.ts';
import { check } from '../support/compare.ts';

export default readingRule({
  statement: "the `index` of a job's stages goes up as Gem's priority does",
  evidence: { grade: 'observed', source: 'kombo-unified-api §5.7; gem-ats-api §3.5' },
  of: 'jobs',
  becomes: 'jobs',
  needs: ['jobs.stages'],
  about: [
    'join-jobs-application-stages.index',
    'application-stages.index',
    'application-stages.global_index',
  ],
  cases: stagesOf(
    // Priorities need not be 0, 1, 2, and stages need not be created in order.
    [
      { as: 'stage-90', name: 'Offer', priority: 90 },
      { as: 'stage-0', name: 'Application Review', priority: 0 },
      { as: 'stage-10', name: 'Trial Day', priority: 10 },
      { as: 'stage-9', name: 'Screen', priority: 9 },
      { as: 'stage-2', name: 'Call', priority: 2, active: false },
      { as: 'stage-deleted', name: 'Gone', priority: 5, deleted_at: '2025-04-01T08:00:00Z' },
    ],
    [{ do: 'change', resource: 'job_stages', record: 'stage-90', set: { priority: 1 } }],
  ),
  judge({ unified, all }) {
    const stages = unified.stages.flatMap((stage) => {
      const record = all.job_stages.find(({ id }) => id === stage.remote_id);
      return record ? [{ ...stage, priority: record.priority }] : [];
    });
    const ordered = stages.toSorted((one, other) => one.priority - other.priority);
    return ordered.flatMap(({ remote_id, index, priority }, place): Check[] => {
      const what = `the index of the stage ${remote_id}`;
      if (typeof index !== 'number') return [{ what, expected: 'a number', got: index }];
      // Stages with the same priority may come in any order.
      const before = ordered.slice(0, place).findLast((other) => other.priority < priority);
      const isBehind = before === undefined || (before.index ?? index) < index;
      return check(isBehind, { what, expected: `more than ${before?.index}`, got: index });
    });
  },
  mutants: [
    orders('order of the list', (stage, all) => all.indexOf(stage)),
    orders(
      'priority as a text',
      ({ priority }, all) => all.filter((other) => String(other.priority) < String(priority)).length,
    ),
    orders('last stage first', ({ priority }) => 1000 - priority),
  ],
});

/** A connector that gives stages another order. */
function orders(
  name: string,
  place: (stage: GemSchemas['JobStage'], all: readonly GemSchemas['JobStage'][]) => number,
): Mutant {
  return showsWrong(name, 'jobs', (job, gem) => ({
    ...job,
    stages: job.stages.map((stage) => {
      const ofJob = gem.job_stages.filter(({ job_id }) => job_id === job.remote_id);
      const record = ofJob.find(({ id }) => id === stage.remote_id);
      return { ...stage, index: record ? place(record, ofJob) : stage.index };
    }),
  }));
}
