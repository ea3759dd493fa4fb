import { stagesOf } from '../cases/stages.ts';
import { changesList, showsWrong } from '../support/mutants.ts';
import { readingRule } from '../../harness/rule.ts';
import { same } from '../support/compare.ts';

export default readingRule({
  statement: "a job's `stages` are those of its own pipeline at Gem, each once and none that was deleted",
  evidence: { grade: 'documented', source: 'kombo-unified-api §2.1, §5.3; gem-ats-api §3.5' },
  of: 'jobs',
  becomes: 'jobs',
  needs: ['jobs.stages'],
  about: ['jobs.stages', 'join-jobs-application-stages.job_id', 'join-jobs-application-stages.stage_id'],
  cases: stagesOf(
    [
      { as: 'stage-1', name: 'Interview' },
      { as: 'stage-same-name', name: 'Interview' },
      { as: 'stage-switched-off', name: 'Trial Day', active: false },
      { as: 'stage-deleted', name: 'Reference', deleted_at: '2025-04-01T08:00:00Z' },
      { as: 'stage-last', name: '' },
    ],
    [
      { do: 'delete', resource: 'job_stages', record: 'stage-1' },
      { do: 'change', resource: 'job_stages', record: 'stage-last', set: { name: 'Offer' } },
    ],
  ),
  judge({ gem, unified, all }) {
    const shown = unified.stages.map(({ remote_id }) => remote_id);
    const ofJob = all.job_stages.filter(({ job_id }) => job_id === gem.id);
    return [...new Set([...shown, ...ofJob.map(({ id }) => id)])].flatMap((id) => {
      const stage = ofJob.find((one) => one.id === id);
      const got = shown.filter((one) => one === id).length;
      // The facts do not say whether stages out of use are shown.
      if (stage && !stage.active && got === 0) return [];
      const expected = stage && stage.deleted_at === undefined ? 1 : 0;
      return same(`how often the stage ${id} stands there`, got, expected);
    });
  },
  mutants: [
    showsWrong('equal names as one', 'jobs', (job) => ({
      ...job,
      stages: [...new Map(job.stages.map((stage) => [stage.name, stage])).values()],
    })),
    changesList("another job's stages too", 'jobs', (jobs) =>
      jobs.map((job, index) => ({
        ...job,
        stages: [...job.stages, ...(jobs[(index + 1) % jobs.length]?.stages ?? [])],
      })),
    ),
  ],
});
